--[[ The pandoc part of the built-in renderer: turns chapters into HTML pages, search entries, tables and Typst text.

Run as `pandoc lua book.lua`. A book may be divided among several such processes: each converts the items that come with
a text and knows the others by their outlines. In each step, one line of JSON is read or written:

in   the job: { extension, root, depth, toc_depth, delim, labels, meta, template, mark, want = { screen, paper },
     items = { {part=…} | {source, href, folder, text?} … } }; with a template, the process also makes the frame
out  outlines of its own chapters by source
in   outlines of all chapters by source
out  if paper is wanted: { texts = { source → Typst text }, parts, frame }; parts = the text of each part's page,
     frame = the Typst document around chapters and parts
out  { screens = { source → { page, entries, tables } }, places = { source → its identifiers }, problems, notices };
     page = {href, number, title, html, toc}; entries = { {href, page, section, text} … }
]]
local here = pandoc.path.directory(arg[0])
local job = pandoc.json.decode(io.read('l'), false)
package.path = here .. '/?.lua;' .. job.extension .. '/?.lua;' .. package.path

-- The project's filters may be of another version than this package: `shares.py` reports what they lack.
setmetatable(require('shared'), { __index = function(_, name) error('shared.lua lacks ' .. name, 0) end })

local conditional = require('conditional')
local numbering = require('numbering')
local reading = require('reading')
local screen = require('screen')
local paper = require('paper')
local plain = require('plain')

local function answer(value)
  io.write(pandoc.json.encode(value), '\n')
  io.flush()
end

local function read_chapter(item)
  local chapter = item.text and reading.read(item.text) or {}
  chapter.item = item
  return chapter
end

local chapters, own = pandoc.List({}), pandoc.List({})
for _, item in ipairs(job.items) do
  if not item.part then
    local chapter = read_chapter(item)
    chapters:insert(chapter)
    if chapter.blocks then own:insert(chapter) end
  end
end

-- A value for each of this process's chapters, by source; never empty, as an empty table would be encoded as a list.
local function each(make)
  local made = { [''] = '' }
  for _, chapter in ipairs(own) do made[chapter.item.source] = make(chapter) end
  return made
end

answer(each(function(chapter) return numbering.outline(chapter, job.depth, job.root) end))
local outlines = io.read('l')
if not outlines then os.exit(0) end -- nobody is waiting for the rest
local book = numbering.book(chapters, pandoc.json.decode(outlines, false))

-- Gives each chapter the content that it has in a form.
local function turn_to(form)
  for _, chapter in ipairs(own) do
    chapter.whole = chapter.whole or chapter.blocks
    chapter.blocks = conditional.blocks(chapter, book, form)
  end
end

if job.want.paper then
  turn_to('paper')
  answer({
    texts = each(function(chapter) return paper.chapter(chapter, book, job) end),
    frame = job.template ~= '' and paper.frame(job) or '', parts = job.template ~= '' and paper.parts(job) or {},
  })
end
turn_to('screen')
answer({
  screens = each(function(chapter)
    if not job.want.screen then return '' end
    local page, tables = screen.page(chapter, book, job)
    return { page = page, tables = tables, entries = plain.entries(chapter, book, job) }
  end),
  places = each(function(chapter) return chapter.places end), problems = book.problems, notices = screen.notices(job),
})
