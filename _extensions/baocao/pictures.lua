--[[ Checks pictures before Quarto sees them: Quarto would download remote ones, and fails at one that is missing or, on
paper, has no alternative text. The built-in renderer calls the same function. ]]
local shared = require('shared')

local function note(problem, source)
  quarto.log.warning(problem .. ': ' .. source)
end

local function checked(image)
  local state = quarto.doc.file_metadata()
  local root = quarto.project.directory or '.'
  local folder = state and state.file and state.file.resourceDir
  folder = folder or pandoc.path.make_relative(pandoc.path.directory(quarto.doc.input_file), root)
  local on_paper = quarto.doc.is_format('typst')
  if on_paper then
    for _, name in ipairs({ 'width', 'height' }) do
      image.attributes[name] = shared.paper_length(image.attributes[name])
    end
  end
  local picture = shared.checked_picture(image, folder, root, note)
  if on_paper and picture == image then image.src = shared.decoded(image.src) end
  return picture
end

-- On paper Quarto would number every picture with a caption, but on pages only those that can be referred to.
local function without_number(figure)
  if figure.identifier ~= '' or not quarto.doc.is_format('typst') then return nil end
  local blocks = pandoc.Blocks({ pandoc.RawBlock('typst', '#figure([') })
  blocks:extend(figure.content)
  blocks:insert(pandoc.RawBlock('typst', '], caption: ['))
  blocks:extend(figure.caption.long)
  blocks:insert(pandoc.RawBlock('typst', '])'))
  return blocks
end

return quarto.utils.combineFilters({
  quarto.utils.file_metadata_filter(),
  { Image = checked, Figure = without_number },
})
