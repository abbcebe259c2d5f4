--[[ Numbers of chapters, sections, figures and tables, as a Quarto book gives them; what each cross-reference says. ]]
local M = {}

local stringify = pandoc.utils.stringify
local KINDS = { fig = 'crossref-fig-prefix', tbl = 'crossref-tbl-prefix' }

-- The chapter's title, taken from its first level-1 header or its metadata, and its blocks without it.
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

local function number_sections(chapter, book, depth)
  local counters = {}
  chapter.blocks = chapter.blocks:walk({
    Header = function(header)
      local id, target = header.identifier, { chapter = chapter, kind = 'sec', title = header.content }
      if header.classes:includes('unnumbered') or not chapter.number or header.level > depth then
        if not chapter.number and not header.classes:includes('unnumbered') then
          header.classes:insert('unnumbered')
        end
      else
        counters[header.level] = (counters[header.level] or 0) + 1
        for deeper = header.level + 1, 6 do counters[deeper] = nil end
        local parts = { chapter.number }
        for level = 2, header.level do parts[#parts + 1] = counters[level] or 0 end
        target.number = table.concat(parts, '.')
        header.attributes['number'] = target.number
      end
      if id:find('^sec%-') then book.targets[id] = target end
      return header
    end,
  })
end

-- A `::: {#tbl-…}` Div: its table and, last, its caption.
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

-- A figure: its image and its caption.
function M.figure_float(figure)
  local image
  figure:walk({ Image = function(el) image = image or el end })
  if not image then
    return nil
  end
  return image, pandoc.utils.blocks_to_inlines(figure.caption.long)
end

local function number_floats(chapter, book)
  local counters = { fig = 0, tbl = 0 }
  local function count(kind, id)
    counters[kind] = counters[kind] + 1
    local number = (chapter.number and chapter.number .. '.' or '') .. counters[kind]
    if book.targets[id] then
      book.problems:insert({ source = chapter.item.source, kind = 'duplicate', id = id })
    end
    book.targets[id] = { chapter = chapter, kind = kind, number = number }
  end
  chapter.blocks:walk({
    traverse = 'topdown',
    Figure = function(figure)
      if figure.identifier:find('^fig%-') then count('fig', figure.identifier) end
    end,
    Div = function(div)
      if div.identifier:find('^tbl%-') then count('tbl', div.identifier) end
    end,
  })
end

local function to_json(inlines)
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), 'json')
end

local function from_json(text)
  return pandoc.read(text, 'json').blocks[1].content
end

-- What other chapters see of this one: its number, its title, and what references to it say.
function M.outline(chapter)
  return {
    number = chapter.number or '', title = to_json(chapter.title), identifier = chapter.identifier,
    targets = chapter.targets,
  }
end

local function note_targets(chapter, book)
  chapter.targets = {}
  for id, target in pairs(book.targets) do
    if target.chapter == chapter then
      local title = target.title and to_json(target.title) or ''
      chapter.targets[id] = { kind = target.kind, number = target.number or '', title = title }
    end
  end
end

local function restore(chapter, book)
  local outline = chapter.outline
  chapter.number = outline.number ~= '' and outline.number or nil
  chapter.title, chapter.identifier = from_json(outline.title), outline.identifier
  book.by_source[chapter.item.source] = chapter
  for id, target in pairs(outline.targets) do
    book.targets[id] = {
      chapter = chapter, kind = target.kind, number = target.number ~= '' and target.number or nil,
      title = target.title ~= '' and from_json(target.title) or nil,
    }
  end
end

-- Chapters numbered in order; `book.targets` maps an identifier to what a reference to it says.
function M.number(chapters, job)
  local book = { targets = {}, problems = pandoc.List({}), by_source = {} }
  local count = 0
  local function number(chapter)
    local numbered
    chapter.title, chapter.identifier, numbered = take_title(chapter)
    if numbered then
      count = count + 1
      chapter.number = tostring(count)
    end
    book.by_source[chapter.item.source] = chapter
    if chapter.identifier ~= '' then
      book.targets[chapter.identifier] = {
        chapter = chapter, kind = 'chapter', number = chapter.number, title = chapter.title,
      }
    end
    number_sections(chapter, book, job.depth)
    number_floats(chapter, book)
    note_targets(chapter, book)
  end
  for _, chapter in ipairs(chapters) do
    if chapter.outline then
      restore(chapter, book)
      if chapter.number then count = count + 1 end
    else
      number(chapter)
    end
  end
  return book
end

-- What stands before a target's number: “Hình”, “Bảng”, “Chương”, “Mục”.
function M.label(target, labels)
  if target.kind == 'chapter' then return labels['crossref-ch-prefix'] end
  return labels[KINDS[target.kind] or 'crossref-sec-prefix']
end

-- The targets of a citation that is a cross-reference: list of {id, target, bare}; nil if it is none of ours.
function M.references(cite, book)
  local found = pandoc.List({})
  for _, citation in ipairs(cite.citations) do
    local id = citation.id:gsub('^%u', string.lower)
    if not id:find('^fig%-') and not id:find('^tbl%-') and not id:find('^sec%-') then
      return nil
    end
    found:insert({ id = id, target = book.targets[id], bare = citation.mode == 'SuppressAuthor' })
  end
  return found
end

-- The chapter and the fragment that a link to a chapter's source means; nil if it is another link.
function M.chapter_link(target, chapter, book)
  local path, fragment = target:match('^([^#?]*)#?(.*)$')
  if not path:find('%.q?md$') or path:find('^%a[%w+.-]*:') then
    return nil
  end
  local full = path:sub(1, 1) == '/' and path:sub(2) or pandoc.path.join({ chapter.item.folder, path })
  local parts = pandoc.List({})
  for part in full:gmatch('[^/]+') do
    if part == '..' then parts:remove() elseif part ~= '.' then parts:insert(part) end
  end
  return book.by_source[table.concat(parts, '/')], fragment
end

return M
