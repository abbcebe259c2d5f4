--[[ `{{< generated FILE >}}`: what the pre-render step wrote to reports/chuong/FILE.

`include` cannot serve: Quarto looks for included files before the pre-render step, and on a fresh clone there are none.
The built-in renderer knows the same shortcode. ]]
return {
  generated = function(args)
    local name = pandoc.path.filename(pandoc.utils.stringify(args[1]))
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
