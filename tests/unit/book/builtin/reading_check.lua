--[[ For test_reading.py: reads chapters, one per line of JSON; writes the results of reading.lua and of the Markdown
reader. ]]
local lua, extension = arg[1], arg[2]
package.path = lua .. '/?.lua;' .. extension .. '/?.lua;' .. package.path
local reading = require('reading')

-- Widths are the renderer's own, and the number of a noted table is for it alone.
local function bare(blocks)
  return blocks:walk({ Table = function(tbl)
    for i, spec in ipairs(tbl.colspecs) do tbl.colspecs[i] = { spec[1], nil } end
    tbl.attributes['bang'] = nil
    return tbl
  end })
end

local function texts_of(chapter, known)
  local all = pandoc.List({})
  chapter.blocks:walk({ traverse = 'topdown', Table = function(tbl)
    local texts = known and reading.texts(chapter, tbl) or pandoc.List({})
    if #texts == 0 then
      for _, rows in ipairs({ tbl.head.rows, table.unpack(tbl.bodies:map(function(body) return body.body end)) }) do
        for _, row in ipairs(rows) do
          for _, cell in ipairs(row.cells) do texts:insert(pandoc.utils.stringify(cell.contents)) end
        end
      end
    end
    all:insert({ texts = texts })
    return nil, false
  end })
  return all
end

local function noted(chapter)
  local count = 0
  for _ in pairs(chapter.cells or {}) do count = count + 1 end
  return count
end

for line in io.lines() do
  local text = pandoc.json.decode(line, false)
  local read, chapter = pcall(reading.read, text)
  local readable, whole = pcall(pandoc.read, text, 'markdown', { columns = 72 }) -- faulty metadata cannot be read
  io.write(pandoc.json.encode({
    made = read and pandoc.write(pandoc.Pandoc(bare(chapter.blocks)), 'native') or '',
    expected = readable and pandoc.write(pandoc.Pandoc(bare(whole.blocks)), 'native') or '',
    said = read and texts_of(chapter, true) or {}, holds = readable and texts_of(whole, false) or {},
    noted = read and noted(chapter) or 0,
  }), '\n')
  io.flush()
end
