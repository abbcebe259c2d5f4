--[[ A chapter as HTML, with Quarto's classes and identifiers, so that one stylesheet serves both renderers. ]]
local shared = require('shared')
local numbering = require('numbering')
local pictures = require('pictures')
local data = require('data')

local M = {}

local stringify = pandoc.utils.stringify
local NBSP = '\u{a0}'

local function raw(html)
  return pandoc.RawInline('html', html)
end

local BETWEEN = '<!-- baocao -->' -- cannot occur in text, where < is written &lt;

-- Each list of inlines as HTML, from one call of the writer.
local function htmls_of(lists)
  local blocks, htmls = pandoc.Blocks({}), pandoc.List({})
  for _, inlines in ipairs(lists) do blocks:extend({ pandoc.Plain(inlines), pandoc.RawBlock('html', BETWEEN) }) end
  local text, from = pandoc.write(pandoc.Pandoc(blocks), 'html5', { wrap_text = 'none' }), 1
  for _ in ipairs(lists) do
    local first, last = text:find(BETWEEN, from, true)
    htmls:insert((text:sub(from, first - 1):gsub('^%s+', ''):gsub('%s+$', '')))
    from = last + 1
  end
  return htmls
end

-- The address of a page of the book, relative to another page.
local function relative(from, to)
  local _, depth = from:gsub('/', '')
  local folder = from:match('^(.*)/') or ''
  if folder ~= '' and to:sub(1, #folder + 1) == folder .. '/' then
    return to:sub(#folder + 2)
  end
  return string.rep('../', depth) .. to
end

local function reference(ref, chapter, labels)
  local target = ref.target
  local page = target.chapter == chapter and '' or relative(chapter.item.href, target.chapter.item.href)
  local href = (target.kind == 'chapter' and page ~= '') and page or page .. '#' .. ref.id
  local content
  if not target.number then
    content = numbering.title(target)
  elseif ref.bare then
    content = pandoc.Inlines(target.number)
  else
    content = pandoc.Inlines({ pandoc.Str(numbering.label(target, labels) .. NBSP .. target.number) })
  end
  return pandoc.Link(content, href, '', { class = 'quarto-xref' })
end

local function cite(el, chapter, book, labels)
  local references = numbering.references(el, chapter, book)
  if not references then
    return el.content
  end
  local inlines = pandoc.Inlines({})
  for i, ref in ipairs(references) do
    if i > 1 then inlines:extend({ pandoc.Str(','), pandoc.Space() }) end
    if ref.target then
      inlines:insert(reference(ref, chapter, labels))
    else
      inlines:insert(pandoc.Strong('?@' .. ref.id))
    end
  end
  return inlines
end

local function caption_block(kind, id, label, number, delim, caption)
  local place = kind == 'tbl' and 'top' or 'bottom'
  local head = label .. NBSP .. number
  local inlines = pandoc.Inlines({
    raw(('<figcaption class="quarto-float-caption quarto-float-caption-%s" id="%s-caption">'):format(place, id)),
    pandoc.Str(#caption > 0 and head .. delim or head),
    pandoc.Space(),
  })
  inlines:extend(caption)
  inlines:insert(raw('</figcaption>'))
  return pandoc.Plain(inlines)
end

local function float(kind, id, body, caption, book, job)
  local target = book.targets[id]
  local label = numbering.label(target, job.labels)
  local head = caption_block(kind, id, label, target.number, job.delim, caption)
  local open = pandoc.RawBlock('html', ('<figure class="quarto-float quarto-float-%s figure">'):format(kind))
  local content = pandoc.Div(body, { ['aria-describedby'] = id .. '-caption' })
  local blocks = kind == 'tbl' and { open, head, content } or { open, content, head }
  table.insert(blocks, pandoc.RawBlock('html', '</figure>'))
  return pandoc.Div(blocks, { id = id, class = 'quarto-float quarto-figure quarto-figure-center' })
end

local CALLOUTS = { note = true, tip = true, important = true, warning = true, caution = true }

-- The kind of a callout Div, its title as inlines, its content, and whether it has its own title; nil for any other
-- Div.
function M.callout(div, labels)
  for _, class in ipairs(div.classes) do
    local kind = class:match('^callout%-(%a+)$')
    if kind and CALLOUTS[kind] then
      local title, content = div.attributes['title'], div.content
      if title then
        title = pandoc.utils.blocks_to_inlines(pandoc.read(title, 'markdown').blocks)
      elseif content[1] and content[1].t == 'Header' then
        title = content[1].content
        content = pandoc.Blocks({ table.unpack(content, 2) })
      end
      return kind, title or pandoc.Inlines(labels['callout-' .. kind .. '-title']), content, title ~= nil
    end
  end
end

local function callout(div, labels)
  local kind, title, content, titled = M.callout(div, labels)
  if not kind then
    return nil
  end
  local folds = div.attributes['collapse'] ~= nil
  local tag, head = folds and 'details' or 'div', folds and 'summary' or 'div'
  local open = div.attributes['collapse'] == 'false' and ' open' or ''
  local inlines = pandoc.Inlines({
    raw(('<%s class="callout-header"><span class="callout-icon-container"><i class="callout-icon"></i></span>')
      :format(head) .. '<span class="callout-title-container">'),
  })
  if titled then
    local name = shared.escape(labels['callout-' .. kind .. '-title'])
    inlines:insert(raw('<span class="screen-reader-only">' .. name .. '</span> '))
  end
  inlines:extend(title)
  inlines:insert(raw(('</span></%s>'):format(head)))
  local blocks = pandoc.Blocks({
    pandoc.RawBlock('html', ('<%s class="callout callout-style-default callout-%s callout-titled"%s>')
      :format(tag, kind, open)),
    pandoc.Plain(inlines),
    pandoc.Div(content, { class = 'callout-body-container callout-body' }),
    pandoc.RawBlock('html', ('</%s>'):format(tag)),
  })
  return blocks
end

local function link(el, chapter, book)
  local target, fragment = numbering.chapter_link(el.target, chapter, book)
  if target then
    local page = target == chapter and '' or relative(chapter.item.href, target.item.href)
    el.target = page .. (fragment ~= '' and '#' .. fragment or (page == '' and '#' or ''))
    return el
  end
end

local function figure(el, chapter, book, job, words)
  local image, caption = numbering.figure_float(el)
  if not image or not el.identifier:find('^fig%-') then
    return nil
  end
  local inline = pictures.for_screen(image, chapter, job.root)
  return float('fig', el.identifier, { pandoc.Plain({ inline }) }, caption:walk(words), book, job), false
end

local function filter(chapter, book, job)
  local _, depth = chapter.item.href:gsub('/', '')
  local to_root = string.rep('../', depth)
  local words = {
    Cite = function(el) return cite(el, chapter, book, job.labels) end,
    Link = function(el) return link(el, chapter, book) or shared.rooted_link(el, to_root) end,
    Span = function(el) return shared.figure_link(el, to_root) end,
  }
  return {
    traverse = 'topdown',
    Figure = function(el) return figure(el, chapter, book, job, words) end,
    Div = function(el)
      local body, caption = numbering.table_float(el)
      if body then return float('tbl', el.identifier, body, caption, book, job) end
      return callout(el, job.labels) or shared.div_for_screen(el)
    end,
    Image = function(el) return pictures.for_screen(el, chapter, job.root) end,
    Cite = words.Cite,
    Link = words.Link,
    Span = words.Span,
  }
end

-- Shows the numbers of headers. Returns the blocks, the page's table of contents and the page's title.
local function number_headers(blocks, chapter, depth)
  local toc, titles = pandoc.List({}), pandoc.List({ chapter.title })
  blocks = blocks:walk({
    traverse = 'topdown',
    Table = function() return nil, false end,
    Header = function(header)
      local number = header.attributes['number']
      number = number and numbering.in_book(chapter, number)
      if header.level > 1 and header.level <= depth then
        titles:insert(header.content:walk({ Note = function() return {} end, Link = function(el) return el.content end }))
        toc:insert({ id = header.identifier, level = header.level, number = number or '' })
      end
      if number then
        header.attributes['number'] = nil
        header.attributes['data-number'] = number
        header.content:insert(1, pandoc.Space())
        header.content:insert(1, pandoc.Span(pandoc.Inlines(number), { class = 'header-section-number' }))
      end
      return header, false
    end,
  })
  local htmls = htmls_of(titles)
  for i, entry in ipairs(toc) do entry.html = htmls[i + 1] end
  return blocks, toc, htmls[1]
end

local function html_blocks(blocks)
  local options = pandoc.WriterOptions({ wrap_text = 'none', section_divs = true, html_math_method = 'mathml' })
  return pandoc.write(pandoc.Pandoc(blocks), 'html5', options)
end

-- A page of the book, and its tables as data.
function M.page(chapter, book, job)
  local blocks, tables = data.tables(chapter, book)
  blocks = blocks:walk(filter(chapter, book, job))
  local numbered, toc, title = number_headers(blocks, chapter, job.toc_depth)
  return {
    href = chapter.item.href, identifier = chapter.identifier, number = chapter.number or '',
    title = title, text = stringify(chapter.title), toc = toc, html = html_blocks(numbered),
  }, tables
end

-- The banner and footer of every page.
function M.notices(job)
  return { banner = shared.banner_html(job.meta), footer = shared.footer_html(job.meta) }
end

return M
