--[[ The built-in renderer's half in pandoc: chapters in, HTML pages, search entries, tables and Typst text out.

Run as `pandoc lua book.lua`; the job comes as JSON on standard input, the result goes as JSON to standard output.
An item with an outline is not converted but referred to.
Job:    { extension, depth, labels, meta, delim, want = { screen, paper },
          items = { {part=…} | {source, href, folder, text, outline?} … } }
Result: { chapters = { {source, outline, page, entries, tables, typst} … }, problems, notices, parts, frame }
        page = {href, number, title, html, toc}; entries = { {href, page, section, text} … };
        parts = Typst text of each part's page; frame = the Typst document around chapters and parts.
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

local chapters = pandoc.List({})
for _, item in ipairs(job.items) do
  if not item.part then chapters:insert(read_chapter(item)) end
end

local book = numbering.number(chapters, job)
local result = { problems = book.problems, chapters = pandoc.List({}), notices = screen.notices(job) }
for _, chapter in ipairs(chapters) do
  if not chapter.outline then
    local made = { source = chapter.item.source, outline = numbering.outline(chapter) }
    if job.want.screen then
      made.page, made.tables = screen.page(chapter, book, job), plain.tables({ chapter }, book)
      made.entries = plain.entries({ chapter }, book, job)
    end
    if job.want.paper then made.typst = paper.chapter(chapter, book, job) end
    result.chapters:insert(made)
  end
end
if job.want.paper then result.frame, result.parts = paper.frame(job), paper.parts(job) end
io.write(pandoc.json.encode(result))
