--[[ Numbers of chapters, sections, figures and tables as in a Quarto book, and the text of each cross-reference. ]]
local shared = require('shared')

local M = {}

local stringify = pandoc.utils.stringify
local KINDS = { fig = 'crossref-fig-prefix', tbl = 'crossref-tbl-prefix' }

-- Removes the chapter's first level-1 header and returns title, identifier and whether it is numbered; else uses the
-- metadata.
local function take_title(chapter)
  for i, block in ipairs(chapter.blocks) do
    if block.t == 'Header' and block.level == 1 then
      chapter.blocks:remove(i)
      return block.content, block.identifier, not block.classes:includes('unnumbered')
    end
  end
  local title = chapter.meta.title or chapter.item.source
  return pandoc.Inlines(stringify(title)), '', true
end

-- The content of a `::: {#tbl-…}` Div: its table and the caption that ends it.
function M.table_float(div)
  if not div.identifier:find('^tbl%-') then
    return nil
  end
  local last = div.content[#div.content]
  if #div.content > 1 and last and (last.t == 'Para' or last.t == 'Plain') then
    local body = pandoc.Blocks({})
    for i = 1, #div.content - 1 do body:insert(div.content[i]) end
    return body, last.content
  end
  return div.content, pandoc.Inlines({})
end

-- The image of a figure, or what replaces it, and its caption.
function M.figure_float(figure)
  local image
  figure:walk({
    traverse = 'topdown',
    Image = function(el) image = image or el end,
    Span = function(el) image = image or el.classes:includes('khong-hinh') and el or nil end,
  })
  if not image then
    return nil
  end
  return image, pandoc.utils.blocks_to_inlines(figure.caption.long)
end

-- The number of a header within the chapter, also stored in the header; nil if it has none.
local function number_section(header, chapter, counters, depth)
  if header.classes:includes('unnumbered') then return nil end
  if not chapter.numbered then header.classes:insert('unnumbered') end
  if not chapter.numbered or header.level > depth then return nil end
  counters[header.level] = (counters[header.level] or 0) + 1
  for deeper = header.level + 1, 6 do counters[deeper] = nil end
  local parts = {}
  for level = 2, header.level do parts[#parts + 1] = counters[level] or 0 end
  header.attributes['number'] = table.concat(parts, '.')
  return header.attributes['number']
end

-- Numbers sections, figures and tables within the chapter. What can be referred to becomes a target, and everything
-- with an identifier a place for links. Tables contain none of these.
local function number_all(chapter, depth, root)
  local sections, floats = {}, { fig = 0, tbl = 0 }
  local function place(element)
    if element.identifier ~= '' then chapter.places:insert(element.identifier) end
  end
  local function target(id, what)
    if chapter.targets[id] then chapter.twice:insert(id) end
    chapter.targets[id] = what
  end
  local function count(kind, id)
    if not id:find('^' .. kind .. '%-') then return end
    floats[kind] = floats[kind] + 1
    target(id, { kind = kind, number = tostring(floats[kind]) })
  end
  chapter.blocks = chapter.blocks:walk({
    traverse = 'topdown',
    Table = function() return nil, false end,
    Span = place,
    Image = function(image)
      local function note(kind, id) chapter.lacking:insert({ kind = kind, id = id }) end
      return shared.checked_picture(image, chapter.item.folder, root, note)
    end,
    Figure = function(figure)
      place(figure)
      count('fig', figure.identifier)
    end,
    Div = function(div)
      place(div)
      count('tbl', div.identifier)
    end,
    Header = function(header)
      place(header)
      local number = number_section(header, chapter, sections, depth)
      if header.identifier:find('^sec%-') then
        target(header.identifier, { kind = 'sec', title = header.content, number = number })
      end
      return header, false
    end,
  })
end

local function to_json(inlines)
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), 'json')
end

local function from_json(text)
  return pandoc.read(text, 'json').blocks[1].content
end

-- What other chapters need of this one: whether it is numbered, its title, and the text of references into it, with
-- numbers within the chapter. Also numbers its headers and gives its pictures alternative text.
function M.outline(chapter, depth, root)
  chapter.targets, chapter.twice = {}, pandoc.List({})
  chapter.title, chapter.identifier, chapter.numbered = take_title(chapter)
  chapter.places, chapter.lacking = pandoc.List({ chapter.identifier }), pandoc.List({})
  number_all(chapter, depth, root)
  local outline = {
    numbered = chapter.numbered, title = to_json(chapter.title), identifier = chapter.identifier,
    targets = {}, twice = chapter.twice,
  }
  for id, target in pairs(chapter.targets) do
    local title = target.title and to_json(target.title) or ''
    outline.targets[id] = { kind = target.kind, number = target.number or '', title = title }
  end
  return outline
end

-- A number within the chapter as a number of the book.
function M.in_book(chapter, number)
  return chapter.number and chapter.number .. '.' .. number or number
end

-- The title of a reference's target, as inlines.
function M.title(target)
  target.title = target.title or from_json(target.json)
  return target.title
end

-- The book as all chapters see it; `outlines` maps each chapter's source to its outline. `book.targets` maps an
-- identifier to what a reference to it says, and whether it is used more than once.
function M.book(chapters, outlines)
  local book = { targets = {}, problems = pandoc.List({}), by_source = {}, noted = {} }
  local count = 0
  local function add(chapter, id, target)
    if book.targets[id] then M.note(book, chapter, 'duplicate', id) end
    target.chapter, target.twice = chapter, book.targets[id] ~= nil
    book.targets[id] = target
  end
  for _, chapter in ipairs(chapters) do
    local outline, source = outlines[chapter.item.source], chapter.item.source
    if outline.numbered then
      count = count + 1
      chapter.number = tostring(count)
    end
    chapter.identifier, book.by_source[source] = outline.identifier, chapter
    if chapter.identifier ~= '' then
      add(chapter, chapter.identifier, { kind = 'chapter', number = chapter.number, json = outline.title })
    end
    for id, target in pairs(outline.targets) do
      local number = target.number ~= '' and M.in_book(chapter, target.number) or nil
      add(chapter, id, { kind = target.kind, number = number, json = target.title })
    end
    for _, one in ipairs(chapter.lacking or {}) do M.note(book, chapter, one.kind, one.id) end
    for _, id in ipairs(outline.twice) do
      M.note(book, chapter, 'duplicate', id)
      book.targets[id].twice = true
    end
  end
  return book
end

-- Notes, once, a problem in a chapter that this process converts. A link is wrong only if `place` is not a place of the
-- chapter `to`; that is found out where the places of all chapters are known.
function M.note(book, chapter, kind, id, to, place)
  local key = chapter.item.source .. ' ' .. kind .. ' ' .. id
  if chapter.blocks and not book.noted[key] then
    book.problems:insert({ source = chapter.item.source, kind = kind, id = id, to = to, place = place })
    book.noted[key] = true
  end
end

-- The word before a target's number: “Hình”, “Bảng”, “Chương”, “Mục”.
function M.label(target, labels)
  if target.kind == 'chapter' then return labels['crossref-ch-prefix'] end
  return labels[KINDS[target.kind] or 'crossref-sec-prefix']
end

-- The targets of a citation that is a cross-reference: a list of {id, target, bare}; nil for any other citation, which
-- stays as it was written: the book has no bibliography.
function M.references(cite, chapter, book)
  local found = pandoc.List({})
  for _, citation in ipairs(cite.citations) do
    local id = citation.id:gsub('^%u', string.lower)
    if not id:find('^fig%-') and not id:find('^tbl%-') and not id:find('^sec%-') then
      local only_quarto = shared.is_reference(citation.id)
      M.note(book, chapter, only_quarto and 'foreign' or 'unresolved', (only_quarto and '@' or '') .. citation.id)
      return nil
    end
    found:insert({ id = id, target = book.targets[id], bare = citation.mode == 'SuppressAuthor' })
  end
  for _, ref in ipairs(found) do
    if not ref.target then M.note(book, chapter, 'unresolved', ref.id) end
  end
  return found
end

-- The chapter and fragment that a link to a chapter's source refers to; false if the book has no such chapter, nil for
-- any other link.
function M.chapter_link(target, chapter, book)
  local path, fragment = target:match('^([^#?]*)#?(.*)$')
  if path == '' and fragment ~= '' then M.note(book, chapter, 'link', target, chapter.item.source, fragment) end
  if not path:find('%.q?md$') or path:find('^%a[%w+.-]*:') then
    return nil
  end
  local full = path:sub(1, 1) == '/' and path:sub(2) or pandoc.path.join({ chapter.item.folder, path })
  local parts = pandoc.List({})
  for part in full:gmatch('[^/]+') do
    if part == '..' then parts:remove() elseif part ~= '.' then parts:insert(part) end
  end
  local source = table.concat(parts, '/')
  local found = book.by_source[source]
  if not found or fragment ~= '' then M.note(book, chapter, 'link', target, source, fragment) end
  return found or false, fragment
end

return M
