--[[ The book has two forms, pages and the house's PDF. Asked for another one, such as `--to typst` or `--to pdf`, Quarto
would end with an error of Typst's or LaTeX's that says nothing to who asked. ]]
return {
  Meta = function(meta)
    if quarto.doc.is_format('html') or meta['house-of-baocao'] then return nil end
    io.stderr:write('\nLỗi: sách chỉ có hai dạng, trang HTML và bản PDF của mẫu baocao-typst.\n'
      .. '→ Chạy: quarto render (cả hai dạng), hoặc quarto render --to html, quarto render --to baocao-typst\n')
    os.exit(1)
  end,
}
