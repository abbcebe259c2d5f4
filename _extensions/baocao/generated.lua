--[[ `::: {.generated file="FILE"}` `:::` is replaced by what the pre-render step wrote to reports/chuong/FILE.

The `include` shortcode cannot do this: Quarto looks for included files before the pre-render step, and a fresh clone
has none. This filter runs before Quarto reads callouts and references, so those in the file take effect. The built-in
renderer supports the same Div. ]]
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
