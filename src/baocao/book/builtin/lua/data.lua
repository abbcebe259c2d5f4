--[[ Tables as data, for the files offered with the book, and in their form for the screen, in one pass over each table.
]]
local shared = require('shared')
local numbering = require('numbering')
local reading = require('reading')

local M = {}

local stringify = pandoc.utils.stringify

-- The header and rows of a table as data, and the table for the screen.
local function read(tbl, words)
  local heads, right, rows = pandoc.List({}), pandoc.List({}), pandoc.List({})
  for _, spec in ipairs(tbl.colspecs) do right:insert(spec[1] == 'AlignRight') end
  local shown = shared.table_for_screen(tbl, words, function(row, text, figure)
    if row == 0 then return heads:insert(text) end
    rows[row] = rows[row] or pandoc.List({})
    rows[row]:insert({ text = text, rows = figure and figure.l or '', before = figure and figure.b or '' })
  end)
  return { heads = heads, right = right, rows = rows }, shown
end

-- A chapter's blocks with tables in their form for the screen, and the data of every numbered table and every figure
-- (`data-…` for `fig-…`).
function M.tables(chapter, book)
  local tables, captions, title = pandoc.List({}), {}, stringify(chapter.title)
  local function take(div, target, caption)
    div.content = div.content:map(function(block)
      if block.t ~= 'Table' then return block end
      local found, shown = read(block, reading.words(chapter, block))
      found.label, found.source, found.chapter = div.identifier, chapter.item.source, title
      found.number, found.caption = target and target.number or '', stringify(caption)
      tables:insert(found)
      return shown
    end)
    return div
  end
  local blocks = chapter.blocks:walk({
    traverse = 'topdown',
    Figure = function(figure)
      captions[figure.identifier] = pandoc.utils.blocks_to_inlines(figure.caption.long)
    end,
    Div = function(div)
      if div.classes:includes('bang') then return nil, false end -- a table that was already handled
      local body, caption = numbering.table_float(div)
      if body then return take(div, book.targets[div.identifier], caption) end
      if div.classes:includes('so-lieu-hinh') then
        local figure = div.identifier:gsub('^data%-', 'fig-')
        return take(div, book.targets[figure], captions[figure] or pandoc.Inlines({}))
      end
    end,
    Table = function(tbl) return shared.table_for_screen(tbl, reading.words(chapter, tbl)) end,
  })
  return blocks, tables
end

return M
