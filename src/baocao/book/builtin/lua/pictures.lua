--[[ The pictures of chapters, already checked (shared.lua), for screen and paper. ]]
local shared = require('shared')

local M = {}

-- The picture embedded in a page; a replacement for one is unchanged.
function M.for_screen(image, chapter, root)
  if image.t ~= 'Image' then return image end
  local path = shared.picture_path(image, chapter.item.folder)
  local inline = shared.figure_html(image, pandoc.path.join({ root, chapter.item.folder }), shared.figure_prefix(image))
  if inline then return inline end
  local attributes = { class = 'img-fluid figure-img', width = image.attributes.width, height = image.attributes.height }
  local data = pandoc.mediabag.make_data_uri(shared.picture_mime(path), shared.file_content(pandoc.path.join({ root, path })))
  return pandoc.Image(pandoc.Inlines(image.attributes['fig-alt']), data, '', attributes)
end

-- The picture on paper; a replacement for one is unchanged.
function M.for_paper(image, chapter)
  if image.t ~= 'Image' then return image end
  local call = ('image(%s, alt: %s'):format(
    shared.typst_string('/' .. shared.picture_path(image, chapter.item.folder)), shared.typst_string(image.attributes['fig-alt']))
  for _, name in ipairs({ 'width', 'height' }) do
    local wanted = shared.paper_length(image.attributes[name])
    if wanted then call = call .. (', %s: %s'):format(name, wanted) end
  end
  return pandoc.RawInline('typst', '#box(' .. call .. '))')
end

return M
