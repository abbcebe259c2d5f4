--[[ The project's filter for Quarto. The built-in renderer calls the same functions of shared.lua. ]]
local shared = require('shared')

local function on_paper()
  return quarto.doc.is_format('typst')
end

local function on_screen()
  return quarto.doc.is_format('html')
end

local function add_page_parts(meta)
  local root = quarto.project.directory or '.'
  local index = pandoc.path.join({ root, 'reports', 'chuong', 'search-index.js' })
  local style = { path = pandoc.path.join({ root, 'reports', 'assets', 'baocao.css' }) }
  local scripts = pandoc.List({})
  local file = io.open(index, 'rb')
  if file then
    file:close()
    scripts:insert({ path = index, afterBody = true })
  end
  for _, name in ipairs({ 'bang-bieu.js', 'baocao.js' }) do
    scripts:insert({ path = pandoc.path.join({ root, 'reports', 'assets', name }), afterBody = true })
  end
  quarto.doc.add_html_dependency({ name = 'baocao', version = '1', scripts = scripts, stylesheets = { style } })
  quarto.doc.include_text('before-body', shared.banner_html(meta))
  quarto.doc.include_text('after-body', shared.footer_html(meta))
end

local function image(el)
  if on_screen() then
    return shared.figure_html(el, pandoc.path.directory(quarto.doc.input_file), shared.figure_prefix(el))
  end
end

local function header(el)
  local state = quarto.doc.file_metadata()
  local file = state and state.file
  if on_paper() and el.level == 1 and file and file.bookItemType == 'part' then
    return { pandoc.RawBlock('typst', '#part-page['), pandoc.Plain(el.content), pandoc.RawBlock('typst', ']') }
  end
end

local house = {
  Meta = function(meta)
    if on_screen() then add_page_parts(meta) end
  end,
  Image = image,
  Header = header,
  Table = function(el)
    if on_paper() then return shared.table_for_paper(el) end
    if on_screen() then return shared.table_for_screen(el) end
  end,
  Span = function(el)
    if on_paper() then return shared.span_for_paper(el) end
    if on_screen() then return shared.figure_link(el, shared.quarto_root()) end
  end,
  Link = function(el)
    if on_paper() then return shared.chapter_link_for_paper(el) end
    if on_screen() then return shared.rooted_link(el, shared.quarto_root()) end
  end,
  Div = function(el)
    if on_paper() then return shared.div_for_paper(el) end
    if on_screen() then return shared.div_for_screen(el) end
  end,
}

return quarto.utils.combineFilters({ quarto.utils.file_metadata_filter(), house })
