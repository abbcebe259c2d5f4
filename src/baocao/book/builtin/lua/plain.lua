--[[ The search index: address, titles and text of each section of each chapter. ]]
local numbering = require('numbering')
local reading = require('reading')

local M = {}

local stringify = pandoc.utils.stringify

local function words(blocks, chapter)
  local texts = pandoc.List({})
  local function insert(text)
    if text ~= '' then texts:insert(text) end
  end
  local function take(element)
    insert(stringify(element))
  end
  local function whole(block)
    take(block)
    return nil, false
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
    Table = function(tbl)
      local known = reading.texts(chapter, tbl)
      for _, text in ipairs(known or {}) do insert(text) end
      return nil, not known
    end,
    Para = whole,
    Plain = whole,
    CodeBlock = function(el) texts:insert(el.text) end,
    DefinitionList = function(el)
      for _, item in ipairs(el.content) do take(item[1]) end
    end,
  })
  return (table.concat(texts, ' · '):gsub('%s+', ' '))
end

-- Cross-references as the text that the reader sees.
local function spell_references(chapter, book, job)
  return chapter.blocks:walk({
    traverse = 'topdown',
    Table = function(tbl) return nil, not reading.texts(chapter, tbl) end, -- a table with noted texts contains none
    Cite = function(el)
      local references = numbering.references(el, chapter, book)
      local texts = (references or pandoc.List({})):map(function(ref)
        local target = ref.target
        return target and target.number and numbering.label(target, job.labels) .. ' ' .. target.number or ''
      end)
      return references and pandoc.Str(table.concat(texts, ', ')) or nil
    end,
    Note = function(el) return pandoc.Span({ pandoc.Space(), pandoc.Str(stringify(el.content)) }) end,
  })
end

-- The search entries of a chapter.
function M.entries(chapter, book, job)
  local entries, page = pandoc.List({}), stringify(chapter.title)
  local number = chapter.number and chapter.number .. '. ' or ''
  local section, body = { id = '', title = '' }, pandoc.Blocks({})
  local function flush()
    entries:insert({
      href = chapter.item.href .. (section.id ~= '' and '#' .. section.id or ''),
      page = number .. page, section = section.title, text = words(body, chapter),
    })
  end
  for _, block in ipairs(spell_references(chapter, book, job)) do
    if block.t == 'Header' then
      flush()
      local number_here = block.attributes['number']
      local head = number_here and numbering.in_book(chapter, number_here) .. '. ' or ''
      section, body = { id = block.identifier, title = head .. stringify(block.content) }, pandoc.Blocks({})
    else
      body:insert(block)
    end
  end
  flush()
  return entries
end

return M
