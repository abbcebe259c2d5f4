--[[ A table in which Quarto has nothing to resolve is written to its output format at once.

Four fifths of a book is tables, and Quarto's filters visit each cell some dozen times; they skip what is already
written. Pages and paper are the same either way. ]]
local shared = require('shared')

-- Elements that Quarto numbers, fetches, collects or fills in; a table with one is written with the rest of the
-- document.
local OPEN = { 'Cite', 'Div', 'Image', 'Math', 'Note' }
-- Quarto does nothing with the project's own spans; any other may be a shortcode, or conditional content.
local HOUSE = { ['nguyen-van'] = true, ['so'] = true, ['so-lieu'] = true, ['tham-so'] = true, ['trang-thai'] = true }

local function is_open(tbl)
  local found = #tbl.caption.long > 0 or tbl.identifier ~= ''
  local filter = {
    Span = function(span)
      if not HOUSE[span.classes[1]] then found = true end
    end,
  }
  for _, name in ipairs(OPEN) do
    filter[name] = function() found = true end
  end
  tbl:walk(filter)
  return found
end

local function written(block, format)
  local options = { wrap_text = 'none' }
  return pandoc.RawBlock(format, (pandoc.write(pandoc.Pandoc({ block }), FORMAT, options):gsub('%s+$', '')))
end

local function for_paper(tbl)
  tbl = shared.table_for_paper(tbl:walk({ Span = shared.span_for_paper, Link = shared.chapter_link_for_paper }))
  tbl.classes:insert('typst:no-figure') -- as Quarto does: the surrounding float is the figure
  return written(tbl, 'typst')
end

local function for_screen(tbl)
  local root = shared.quarto_root()
  local div = shared.table_for_screen(tbl:walk({
    Span = function(el) return shared.figure_link(el, root) end,
    Link = function(el) return shared.rooted_link(el, root) end,
  }))
  div.content = { written(div.content[1], 'html') }
  div.attributes['html-table-processing'] = 'none' -- so that Quarto does not parse it again; it removes this
  return div
end

-- For a table with a caption but no identifier to refer to: the caption, and the table without it. On paper Quarto
-- would lose the caption.
local function captioned(tbl)
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  tbl.caption = { long = pandoc.Blocks({}) }
  return {
    pandoc.RawBlock('typst', '#figure(kind: table, caption: ['), pandoc.Plain(caption), pandoc.RawBlock('typst', '], ['),
    is_open(tbl) and tbl or for_paper(tbl), pandoc.RawBlock('typst', '])'),
  }
end

local function is_bare(tbl)
  local caption = pandoc.utils.stringify(tbl.caption.long)
  return caption ~= '' and tbl.identifier == '' and not caption:find('{#tbl%-[^{}]*}$') -- Quarto parses that later
end

return {
  traverse = 'topdown',
  Table = function(tbl)
    if quarto.doc.is_format('typst') and is_bare(tbl) then
      return captioned(tbl), false
    end
    if is_open(tbl) then return nil, false end
    if quarto.doc.is_format('typst') then return for_paper(tbl), false end
    if quarto.doc.is_format('html') then return for_screen(tbl), false end
  end,
}
