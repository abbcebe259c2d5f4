--[[ Chapters as Typst text, in the form of Quarto's writer, for the project's template. ]]
local shared = require('shared')
local numbering = require('numbering')
local pictures = require('pictures')
local reading = require('reading')
local screen = require('screen')

local M = {}

local NBSP = '\u{a0}'
-- Colours of Quarto's callouts: background, bar.
local COLOURS = {
  note = { '#dae6fb', '#0758E5' }, tip = { '#ccf1e3', '#00A047' }, important = { '#f7dddc', '#CC1914' },
  warning = { '#fcefdc', '#EB9113' }, caution = { '#ffe5d0', '#FC5300' },
}

local function raw(text)
  return pandoc.RawBlock('typst', text)
end

local function raw_inline(text)
  return pandoc.RawInline('typst', text)
end

local function label(id)
  return 'label(' .. shared.typst_string(id) .. ')'
end

-- The call ends with a semicolon, so that a bracket or dot in the text after it does not become part of it.
local function cite(el, chapter, book, labels)
  local references = numbering.references(el, chapter, book)
  if not references then
    return el.content
  end
  local inlines = pandoc.Inlines({})
  for i, ref in ipairs(references) do
    if i > 1 then inlines:extend({ pandoc.Str(','), pandoc.Space() }) end
    if not ref.target then
      inlines:insert(pandoc.Strong('?@' .. ref.id))
    elseif not ref.target.number then
      inlines:extend({ raw_inline('#link(' .. label(ref.id) .. ')['), pandoc.Span(numbering.title(ref.target)), raw_inline('];') })
    elseif ref.target.twice then -- Typst would fail
      local words = ref.bare and '' or numbering.label(ref.target, labels) .. NBSP
      inlines:insert(pandoc.Str(words .. ref.target.number))
    else
      local supplement = ref.bare and '' or numbering.label(ref.target, labels)
      inlines:insert(raw_inline(('#ref(%s, supplement: [%s]);'):format(label(ref.id), supplement)))
    end
  end
  return inlines
end

local function float(kind, id, body, caption, labels)
  local blocks = pandoc.Blocks({ raw('#figure([') })
  blocks:extend(body)
  blocks:extend({
    raw('], caption: figure.caption(position: ' .. (kind == 'tbl' and 'top' or 'bottom') .. ', ['),
    pandoc.Plain(caption),
    raw(('], ), kind: "quarto-float-%s", supplement: [%s]) #%s'):format(
      kind, labels[kind == 'tbl' and 'crossref-tbl-title' or 'crossref-fig-title'], label(id))),
  })
  return blocks
end

local function callout(div, labels)
  local kind, title, content = screen.callout(div, labels)
  if not kind then
    return nil
  end
  local blocks = pandoc.Blocks({ raw('#callout(title: ['), pandoc.Plain(title), raw('], body: [') })
  blocks:extend(content)
  blocks:insert(raw(('], background_color: rgb("%s"), icon_color: rgb("%s"))'):format(table.unpack(COLOURS[kind]))))
  return blocks
end

local function link(el, chapter, book)
  local target, fragment = numbering.chapter_link(el.target, chapter, book)
  if target == false then return el.content end
  if target then
    local id = fragment ~= '' and fragment or target.identifier
    return pandoc.Inlines({ raw_inline('#link(' .. label(id) .. ')['), pandoc.Span(el.content), raw_inline('];') })
  end
end

local function filter(chapter, book, job)
  return {
    traverse = 'topdown',
    Figure = function(el)
      local image, caption = numbering.figure_float(el)
      if image and el.identifier:find('^fig%-') then
        return float('fig', el.identifier, { pandoc.Plain({ pictures.for_paper(image, chapter) }) }, caption, job.labels)
      end
    end,
    Div = function(el)
      local body, caption = numbering.table_float(el)
      if body then return float('tbl', el.identifier, body, caption, job.labels) end
      return callout(el, job.labels) or shared.div_for_paper(el)
    end,
    Image = function(el) return pictures.for_paper(el, chapter) end,
    Cite = function(el) return cite(el, chapter, book, job.labels) end,
    Link = function(el) return link(el, chapter, book) end,
    Span = shared.span_for_paper,
    Header = function(el)
      el.attributes['number'] = nil
      return el
    end,
  }
end

local function chapter_blocks(chapter, book, job)
  local attr = { id = chapter.identifier, class = chapter.number and '' or 'unnumbered' }
  local blocks = pandoc.Blocks({ pandoc.Header(1, chapter.title, attr) })
  blocks:extend(shared.keep_with_next(chapter.blocks:clone()))
  return blocks:walk(filter(chapter, book, job)):walk({
    traverse = 'topdown',
    Table = function(tbl) return shared.table_for_paper(tbl, reading.words(chapter, tbl)), false end,
  })
end

local function metadata(job)
  local meta = {}
  local function inlines(value)
    if type(value) == 'table' then
      local copy = {}
      for key, item in pairs(value) do copy[key] = inlines(item) end
      return copy
    end
    return type(value) == 'string' and pandoc.Inlines(value) or value
  end
  for key, value in pairs(job.meta) do meta[key] = inlines(value) end
  meta['lang'] = pandoc.MetaString(job.meta.lang)
  return meta
end

local function typst(blocks, meta, options)
  local text = pandoc.write(pandoc.Pandoc(blocks, meta), 'typst', options or { wrap_text = 'none' })
  return (text:gsub('%s+$', ''))
end

-- The text of a chapter; the frame surrounds all chapters.
function M.chapter(chapter, book, job)
  return typst(chapter_blocks(chapter, book, job), {})
end

-- The title pages of the book's parts, in order.
function M.parts(job)
  local pages = pandoc.List({})
  for _, item in ipairs(job.items) do
    if item.part then pages:insert(typst({ raw('#part-page['), pandoc.Plain(pandoc.Inlines(item.part)), raw(']') }, {})) end
  end
  return pages
end

-- The document, with `job.mark` in the place of the book's text; `job.template` is the template with the project's
-- partials included.
function M.frame(job)
  local options = { template = pandoc.template.compile(job.template), wrap_text = 'none' }
  return typst({ raw(job.mark) }, metadata(job), options) .. '\n'
end

return M
