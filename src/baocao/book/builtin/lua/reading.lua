--[[ Chapters, read. Most of a chapter's text are pipe tables, and of a plain one pandoc's reader of CommonMark makes the
same as that of Markdown, in less than half the time: plain tables are taken out, read by it and put back. What their cells
say is noted once, for all who ask. ]]
local shared = require('shared')

local M = {}

local stringify = pandoc.utils.stringify
local PLAIN = 'commonmark+pipe_tables+bracketed_spans+attributes'
local MARK = 'bang' -- format of the raw block that stands where a table was, and attribute of a table whose cells are noted

-- A chapter with one of these has no table taken out: lines of a table could be somebody's text there, or its caption
-- stand outside of it.
local INSEPARABLE = {
  '```', '~~~', '<!%-%-', '<pre', '<script', '<style', '<textarea', '\n *:[^:]', '\n *[Tt]able:', '[\r\t]',
}

local function separable(text)
  for _, pattern in ipairs(INSEPARABLE) do
    if text:find(pattern) then return false end
  end
  return true
end

-- What takes the place of a span's attributes: nothing does if they are more than classes and quoted values.
local function attributes_mark(braced)
  local rest = braced:sub(3, -2):gsub('%w+="[^"&]*"', ''):gsub('%.[%a-]+', '')
  return not rest:find('%S') and '\1' or nil
end

-- Characters beside which two stars neither open nor close bold text: CommonMark's white space, and what pandoc takes for it.
local BLANK = {}
for _, code in ipairs({ 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 }) do BLANK[utf8.char(code)] = true end
for code = 0x2000, 0x200A do BLANK[utf8.char(code)] = true end

-- What takes the place of bold text: nothing does if white space is at one of its ends.
local function bold_mark(inner)
  local first, last = inner:match('^' .. utf8.charpattern), inner:match(utf8.charpattern .. '$')
  local blank = inner:find('^[%s%c]') or inner:find('[%s%c]$') or BLANK[first] or BLANK[last]
  return not blank and inner or nil
end

-- Whether a line of a table has so many bars and holds nothing beside words, spans, links and bold cells.
local function is_plain(line, bars)
  local rest = line:gsub('\\%p', ''):gsub('%]{[^{}|\\]*}', attributes_mark):gsub('%]%([%w./#-]+%)', '\1')
  rest = rest:gsub(' %*%*([^*|]+)%*%* ', bold_mark)
  local _, count = rest:gsub('|', '')
  local _, opened = rest:gsub('%[', '')
  local _, closed = rest:gsub('\1', '')
  return count == bars and opened == closed and not rest:find('[]\\{}@^$~<>`#!_&"\'*]')
    and not rest:find('%-%-') and not rest:find('%.%.') and not rest:find('%a%. ')
end

-- Whether both readers make the same of a table.
local function are_plain(lines)
  if #lines < 2 or not lines[2]:find('^|[-:|]+|$') or not lines[1]:find('[^| ]') then return false end
  local _, bars = lines[2]:gsub('|', '')
  for i, line in ipairs(lines) do
    if i ~= 2 and not is_plain(line, bars) then return false end
  end
  return true
end

-- The text with a mark for each plain table, and the tables' texts.
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

-- The only inline of a list, however deep in emphasis; nil if there are several.
local function only(inlines)
  local inline = #inlines == 1 and inlines[1] or nil
  if inline and (inline.t == 'Strong' or inline.t == 'Emph') then return only(inline.content) end
  return inline
end

-- The attributes of the figure that a cell's block holds; nil if it holds something else too.
local function figure_of(block)
  local span = only(block.content)
  return span and span.t == 'Span' and span.classes:includes('so-lieu') and span.attributes or nil
end

-- What the cells of tables say: texts, and figures by the place of their cell; nothing of a table with an empty cell.
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

-- Tables whose own caption bears the identifier, as Quarto's documentation writes them, in the house's form.
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

-- A chapter's text, in Unicode normal form C, as `meta` and `blocks`, and `cells` for M.words.
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
  if #tables ~= #texts or back ~= #texts then return markdown(text) end -- not to be expected
  return chapter
end

-- What the cells of a chapter's table say: `texts`, `figures`; nil if it was not noted.
local function noted(chapter, tbl)
  return chapter.cells and chapter.cells[tonumber(tbl.attributes[MARK])]
end

-- Of a table, a function that is asked for each cell of the head and then of the bodies, in their order, and answers with
-- the cell's text and the attributes of its figure. The table is asked once.
function M.words(chapter, tbl)
  local found, cell = noted(chapter, tbl), 0
  if not found then return shared.words_of(tbl, figure_of) end
  tbl.attributes[MARK] = nil
  return function()
    cell = cell + 1
    return found.texts[cell], found.figures[cell]
  end
end

-- The texts of a table's cells; nil if they were not noted.
function M.texts(chapter, tbl)
  local found = noted(chapter, tbl)
  return found and found.texts
end

return M
