--[[ The built-in renderer's half in pandoc: chapters in, HTML pages, search entries and one Typst document out.

Run as `pandoc lua book.lua`; the job comes as JSON on standard input, the result goes as JSON to standard output.
With `each`, what is made of a chapter comes by chapter, and an item with an outline is not converted but referred to.
Job:    { extension, depth, labels, meta, delim, want, items = { {part=…} | {source, href, folder, text, outline?} … } }
Result: { pages = { {href, number, title, html, toc} … }, entries = { {href, page, section, text} … }, tables, typst, problems,
          chapters = { {source, outline, page, entries, tables} … } }
]]
local here = pandoc.path.directory(arg[0])
local job = pandoc.json.decode(io.read('a'), false)
package.path = here .. '/?.lua;' .. job.extension .. '/?.lua;' .. package.path

local numbering = require('numbering')
local screen = require('screen')
local paper = require('paper')
local plain = require('plain')

local function read_chapter(item)
  if item.outline then return { item = item, blocks = pandoc.Blocks({}), outline = item.outline } end
  local doc = pandoc.read(item.text, 'markdown', { columns = 72 })
  return { item = item, meta = doc.meta, blocks = doc.blocks }
end

local chapters, parts = pandoc.List({}), {}
for _, item in ipairs(job.items) do
  if item.part then
    parts[#chapters + 1] = parts[#chapters + 1] or {}
    table.insert(parts[#chapters + 1], item.part)
  else
    chapters:insert(read_chapter(item))
  end
end

local book = numbering.number(chapters, job)
local result = { problems = book.problems }
if job.want.each then
  result.chapters = pandoc.List({})
  for _, chapter in ipairs(chapters) do
    if not chapter.outline then
      result.chapters:insert({
        source = chapter.item.source, outline = numbering.outline(chapter), page = screen.page(chapter, book, job),
        entries = plain.entries({ chapter }, book, job), tables = plain.tables({ chapter }, book),
      })
    end
  end
  job.want = {}
end
if job.want.html then
  result.pages = chapters:map(function(chapter) return screen.page(chapter, book, job) end)
end
if job.want.search then
  result.entries = plain.entries(chapters, book, job)
end
if job.want.tables then
  result.tables = plain.tables(chapters, book)
end
if job.want.typst then
  result.typst = paper.document(chapters, parts, book, job)
end
result.notices = screen.notices(job)
io.write(pandoc.json.encode(result))
