--[[ What the search knows: for each section of each chapter its address, its titles and its words. ]]
local numbering = require('numbering')

local M = {}

local stringify = pandoc.utils.stringify

local function words(blocks)
  local texts = pandoc.List({})
  local function take(inlines)
    local text = stringify(inlines)
    if text ~= '' then texts:insert(text) end
  end
  blocks:walk({
    traverse = 'topdown',
    Figure = function(figure)
      take(pandoc.utils.blocks_to_inlines(figure.caption.long))
      return nil, false
    end,
    Div = function(div)
      if div.classes:includes('tai-ve') then return {}, false end
      if div.attributes['title'] then texts:insert(div.attributes['title']) end
    end,
    Para = function(el) take(el.content) end,
    Plain = function(el) take(el.content) end,
    CodeBlock = function(el) texts:insert(el.text) end,
    DefinitionList = function(el)
      for _, item in ipairs(el.content) do take(item[1]) end
    end,
  })
  return (table.concat(texts, ' · '):gsub('%s+', ' '))
end

-- Cross-references as the words that the reader sees.
local function spell_references(blocks, book, job)
  return blocks:walk({
    Cite = function(el)
      local references = numbering.references(el, book)
      local texts = (references or pandoc.List({})):map(function(ref)
        local target = ref.target
        return target and target.number and numbering.label(target, job.labels) .. ' ' .. target.number or ''
      end)
      return references and pandoc.Str(table.concat(texts, ', ')) or nil
    end,
    Note = function(el) return pandoc.Span({ pandoc.Space(), pandoc.Str(stringify(el.content)) }) end,
  })
end

local function chapter_entries(chapter, book, job)
  local entries, page = pandoc.List({}), stringify(chapter.title)
  local number = chapter.number and chapter.number .. '. ' or ''
  local section, body = { id = '', title = '' }, pandoc.Blocks({})
  local function flush()
    entries:insert({
      href = chapter.item.href .. (section.id ~= '' and '#' .. section.id or ''),
      page = number .. page, section = section.title, text = words(body),
    })
  end
  for _, block in ipairs(spell_references(chapter.blocks, book, job)) do
    if block.t == 'Header' then
      flush()
      local head = block.attributes['number'] and block.attributes['number'] .. '. ' or ''
      section, body = { id = block.identifier, title = head .. stringify(block.content) }, pandoc.Blocks({})
    else
      body:insert(block)
    end
  end
  flush()
  return entries
end

function M.entries(chapters, book, job)
  local entries = pandoc.List({})
  for _, chapter in ipairs(chapters) do
    entries:extend(chapter_entries(chapter, book, job))
  end
  return entries
end

-- -- tables as data ---------------------------------------------------------------------------------------------------

-- A cell's words, and the ledger rows of its figure if it holds nothing else.
local function cell_data(cell)
  local text, data = stringify(cell.contents), {}
  cell.contents:walk({
    Span = function(span)
      if span.classes:includes('so-lieu') and stringify(span) == text then
        data = { rows = span.attributes['l'], before = span.attributes['b'] }
      end
    end,
  })
  return { text = text, rows = data.rows or '', before = data.before or '' }
end

local function table_data(div, number, tbl, caption, chapter)
  local heads, right, rows = pandoc.List({}), pandoc.List({}), pandoc.List({})
  for _, cell in ipairs(tbl.head.rows[1].cells) do heads:insert(stringify(cell.contents)) end
  for _, spec in ipairs(tbl.colspecs) do right:insert(spec[1] == 'AlignRight') end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do rows:insert(pandoc.List(row.cells):map(cell_data)) end
  end
  return {
    label = div.identifier, number = number, source = chapter.item.source,
    chapter = stringify(chapter.title), caption = stringify(caption), heads = heads, right = right, rows = rows,
  }
end

-- Every numbered table of the book, and the data of every figure (`data-…` for `fig-…`).
function M.tables(chapters, book)
  local tables, captions = pandoc.List({}), {}
  for _, chapter in ipairs(chapters) do
    local function take(div, blocks, target, caption)
      for _, block in ipairs(blocks) do
        if block.t == 'Table' then
          tables:insert(table_data(div, target and target.number or '', block, caption, chapter))
        end
      end
    end
    chapter.blocks:walk({
      traverse = 'topdown',
      Figure = function(figure)
        captions[figure.identifier] = pandoc.utils.blocks_to_inlines(figure.caption.long)
      end,
      Div = function(div)
        local body, caption = numbering.table_float(div)
        if body then take(div, body, book.targets[div.identifier], caption) end
        if div.classes:includes('so-lieu-hinh') then
          local figure = div.identifier:gsub('^data%-', 'fig-')
          take(div, div.content, book.targets[figure], captions[figure] or pandoc.Inlines({}))
        end
      end,
    })
  end
  return tables
end

return M
