--[[ The book has two formats: HTML pages and the project's own PDF. For any other, such as `--to typst` or `--to pdf`,
Quarto would fail with an error of Typst or LaTeX that does not help the user. ]]
return {
  Meta = function(meta)
    if quarto.doc.is_format('html') or meta['house-of-baocao'] then return nil end
    io.stderr:write('\nLỗi: sách chỉ có hai dạng, trang HTML và bản PDF của mẫu baocao-typst.\n'
      .. '→ Chạy: quarto render (cả hai dạng), hoặc quarto render --to html, quarto render --to baocao-typst\n')
    os.exit(1)
  end,
}
