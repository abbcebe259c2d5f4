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
    Para = function(el) take(el.content) end,
    Plain = function(el) take(el.content) end,
    CodeBlock = function(el) texts:insert(el.text) end,
    Div = function(div)
      if div.attributes['title'] then texts:insert(div.attributes['title']) end
    end,
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

return M
