--[[ Reads chapters. Most of a chapter is pipe tables. For a plain one, pandoc's CommonMark reader gives the same result
as its Markdown reader in less than half the time, so plain tables are taken out, read by it and put back. The texts of
their cells are noted once, for later use. ]]
local shared = require('shared')

local M = {}

local stringify = pandoc.utils.stringify
local PLAIN = 'commonmark+pipe_tables+bracketed_spans+attributes'
local MARK = 'bang' -- format of the raw block in the place of a table; attribute of a table whose cells are noted

-- If a chapter contains one of these, no table is taken out: lines that look like a table could be text there, or the
-- caption could be outside the table.
local INSEPARABLE = {
  '```', '~~~', '<!%-%-', '<pre', '<script', '<style', '<textarea', '\n *:[^:]', '\n *[Tt]able:', '[\r\t]',
}

local function separable(text)
  for _, pattern in ipairs(INSEPARABLE) do
    if text:find(pattern) then return false end
  end
  return true
end

-- The replacement for a span's attributes; nil, so that they stay, if they are more than classes and quoted values.
local function attributes_mark(braced)
  local rest = braced:sub(3, -2):gsub('%w+="[^"&]*"', ''):gsub('%.[%a-]+', '')
  return not rest:find('%S') and '\1' or nil
end

-- Characters next to which `**` neither opens nor closes bold text: white space of CommonMark or of pandoc.
local BLANK = {}
for _, code in ipairs({ 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 }) do BLANK[utf8.char(code)] = true end
for code = 0x2000, 0x200A do BLANK[utf8.char(code)] = true end

-- The replacement for bold text; nil, so that it stays, if it begins or ends with white space.
local function bold_mark(inner)
  local first, last = inner:match('^' .. utf8.charpattern), inner:match(utf8.charpattern .. '$')
  local blank = inner:find('^[%s%c]') or inner:find('[%s%c]$') or BLANK[first] or BLANK[last]
  return not blank and inner or nil
end

-- Whether a table line has this many bars and nothing but words, spans, links and bold cells.
local function is_plain(line, bars)
  local rest = line:gsub('\\%p', ''):gsub('%]{[^{}|\\]*}', attributes_mark):gsub('%]%([%w./#-]+%)', '\1')
  rest = rest:gsub(' %*%*([^*|]+)%*%* ', bold_mark)
  local _, count = rest:gsub('|', '')
  local _, opened = rest:gsub('%[', '')
  local _, closed = rest:gsub('\1', '')
  return count == bars and opened == closed and not rest:find('[]\\{}@^$~<>`#!_&"\'*]')
    and not rest:find('%-%-') and not rest:find('%.%.') and not rest:find('%a%. ')
end

-- Whether both readers give the same result for a table.
local function are_plain(lines)
  if #lines < 2 or not lines[2]:find('^|[-:|]+|$') or not lines[1]:find('[^| ]') then return false end
  local _, bars = lines[2]:gsub('|', '')
  for i, line in ipairs(lines) do
    if i ~= 2 and not is_plain(line, bars) then return false end
  end
  return true
end

-- The text with a mark in place of each plain table, and the texts of these tables.
local function taken_out(text)
  local rest, tables, from = {}, {}, 1
  while true do
    local blank = text:find('\n\n|', from, true)
    if not blank then break end
    local lines, next_line = {}, blank + 2
    while text:sub(next_line, next_line) == '|' do
      local stop = text:find('\n', next_line, true) or #text + 1
      table.insert(lines, text:sub(next_line, stop - 1))
      next_line = stop + 1
    end
    local ends = next_line > #text or text:sub(next_line, next_line) == '\n'
    if ends and are_plain(lines) then
      table.insert(tables, table.concat(lines, '\n') .. '\n')
      table.insert(rest, text:sub(from, blank + 1) .. ('```{=%s}\n%d\n```\n'):format(MARK, #tables))
    else
      table.insert(rest, text:sub(from, next_line - 1))
    end
    from = next_line
  end
  table.insert(rest, text:sub(from))
  return table.concat(rest), tables
end

-- The only inline of a list, even within nested emphasis; nil if there are several.
local function only(inlines)
  local inline = #inlines == 1 and inlines[1] or nil
  if inline and (inline.t == 'Strong' or inline.t == 'Emph') then return only(inline.content) end
  return inline
end

-- The attributes of the figure in a cell's block; nil if it contains anything else.
local function figure_of(block)
  local span = only(block.content)
  return span and span.t == 'Span' and span.classes:includes('so-lieu') and span.attributes or nil
end

-- The texts of the cells of each table, and figures by the position of their cell; a table with an empty cell is left
-- out.
local function cells_of(tables)
  local all = {}
  for i, tbl in ipairs(tables) do
    local texts, figures = shared.plain_cells(tbl, figure_of)
    if texts then
      tbl.attributes[MARK] = tostring(i)
      all[i] = { texts = texts, figures = figures }
    end
  end
  return all
end

-- Converts tables whose own caption has the identifier, as in Quarto's documentation, to the project's form.
local function floated(blocks)
  return blocks:walk({
    Table = function(tbl)
      if not tbl.identifier:find('^tbl%-') then return nil end
      local id, caption = tbl.identifier, pandoc.utils.blocks_to_inlines(tbl.caption.long)
      tbl.identifier, tbl.caption = '', { long = pandoc.Blocks({}) }
      return pandoc.Div({ tbl, pandoc.Para(caption) }, { id = id })
    end,
  })
end

local function markdown(text)
  local doc = pandoc.read(text, 'markdown', { columns = 72 })
  local _, all = text:gsub('{#tbl%-', '')
  local _, in_house = ('\n' .. text):gsub('\n:::+ *{#tbl%-', '')
  return { meta = doc.meta, blocks = all > in_house and floated(doc.blocks) or doc.blocks }
end

-- A chapter's text, in Unicode normalization form C, as `meta` and `blocks`, with `cells` for M.words.
function M.read(text)
  local rest, texts = text, {}
  if separable(text) then rest, texts = taken_out(text) end
  if #texts == 0 then return markdown(text) end
  local tables = pandoc.read(table.concat(texts, '\n'), PLAIN).blocks
  local chapter, back = markdown(rest), 0
  chapter.cells = cells_of(tables)
  chapter.blocks = chapter.blocks:walk({
    RawBlock = function(block)
      if block.format ~= MARK then return nil end
      back = back + 1
      return tables[tonumber(block.text)]
    end,
  })
  if #tables ~= #texts or back ~= #texts then return markdown(text) end -- should not happen
  return chapter
end

-- The noted cells of a chapter's table: `texts` and `figures`; nil if there are none.
local function noted(chapter, tbl)
  return chapter.cells and chapter.cells[tonumber(tbl.attributes[MARK])]
end

-- A function that is called once for each cell of a table, head first, then bodies, in order; it returns the cell's
-- text and the attributes of its figure. It can be obtained only once per table.
function M.words(chapter, tbl)
  local found, cell = noted(chapter, tbl), 0
  if not found then return shared.words_of(tbl, figure_of) end
  tbl.attributes[MARK] = nil
  return function()
    cell = cell + 1
    return found.texts[cell], found.figures[cell]
  end
end

-- The noted texts of a table's cells; nil if there are none.
function M.texts(chapter, tbl)
  local found = noted(chapter, tbl)
  return found and found.texts
end

return M
