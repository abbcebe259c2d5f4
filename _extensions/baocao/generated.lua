--[[ `::: {.generated file="FILE"}` `:::`: what the pre-render step wrote to reports/chuong/FILE stands in its place.

The `include` shortcode cannot serve: Quarto looks for included files before the pre-render step, and on a fresh clone
there are none. Run before Quarto reads callouts and references, so that those in the text count.
The built-in renderer knows the same form. ]]
return {
  Div = function(div)
    if not div.classes:includes('generated') then
      return nil
    end
    local name = pandoc.path.filename(div.attributes.file or '')
    local path = pandoc.path.join({ quarto.project.directory or '.', 'reports', 'chuong', name })
    local file = io.open(path, 'rb')
    if not file then
      error('reports/chuong/' .. name .. ': chưa có tệp này. Chạy: baocao run')
    end
    local text = file:read('a')
    file:close()
    return pandoc.read(text, 'markdown').blocks
  end,
}
