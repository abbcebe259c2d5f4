--[[ What the Quarto filter and the built-in renderer share: figures, tables, statuses and notices. ]]
local M = {}

local stringify = pandoc.utils.stringify

-- Escapes text for HTML, in an element or an attribute.
function M.escape(text)
  return (text:gsub('[&<>"\']', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ["'"] = '&#39;' }))
end

-- The text as a Typst string.
function M.typst_string(text)
  return '"' .. text:gsub('[\\"]', '\\%0') .. '"'
end

-- -- figures ---------------------------------------------------------------------------------------------------------

-- For each kind of picture file: its name in pages, how it begins, and how it ends if that is known.
local JPEG = { 'image/jpeg', '^\xff\xd8\xff', '\xff\xd9' }
local KINDS = {
  png = { 'image/png', '^\x89PNG', 'IEND' }, jpg = JPEG, jpeg = JPEG,
  gif = { 'image/gif', '^GIF8' }, webp = { 'image/webp', '^RIFF....WEBP' }, svg = { 'image/svg+xml', '<svg' },
}

local function kind_of(path)
  return KINDS[(path:match('%.(%w+)$') or ''):lower()]
end

-- The name of this kind of picture in a page that embeds it.
function M.picture_mime(path)
  return kind_of(path)[1]
end

-- The content of a file; nil if there is none.
function M.file_content(path)
  local file = io.open(path, 'rb')
  local data = file and file:read('a')
  if file then file:close() end
  return data
end

-- The file name that a picture's address stands for.
function M.decoded(path)
  return (path:gsub('%%(%x%x)', function(code) return string.char(tonumber(code, 16)) end))
end

-- The path of a picture relative to the project folder, given the folder of its chapter.
function M.picture_path(image, folder)
  local src = M.decoded(image.src)
  local path = src:sub(1, 1) == '/' and src or folder .. '/' .. src
  local parts = pandoc.List({})
  for part in path:gmatch('[^/]+') do
    if part == '..' and #parts > 0 and parts[#parts] ~= '..' then parts:remove() elseif part ~= '.' then parts:insert(part) end
  end
  return table.concat(parts, '/')
end

-- Whether a closed month keeps a chapter's picture: the rule of baocao.sources, which also keeps an emblem in params/.
local function is_kept(path)
  return not path:find('/') or path:find('^reports/') or path:find('^notebooks/') or path:find('^_extensions/')
end

-- Whether an SVG is XML that Typst can read too: well-formed, with declared prefixes. Of pandoc's XML readers this one
-- does the least with unknown elements.
local function is_xml(svg)
  for tag in svg:gsub('<!%-%-.-%-%->', ''):gmatch('<(%a[^>]*)') do
    local names = ' ' .. tag:gsub('"[^"]*"', ' '):gsub("'[^']*'", ' '):gsub('["\'].*', '')
    for prefix in names:gmatch('%s([%a_][%w_.-]*):') do
      local declared = prefix == 'xml' or prefix == 'xmlns' or svg:find('xmlns:' .. prefix:gsub('%p', '%%%0') .. '%s*=')
      if not declared then return false end
    end
  end
  return (pcall(pandoc.read, svg, 'opml'))
end

-- The reason, in Vietnamese, why a picture cannot be in the book; nil if it can. Neither pages nor PDF fetch anything.
local function problem_of(image, folder, root)
  local path = M.picture_path(image, folder)
  if image.src:find('^%a[%w+.-]*:') or image.src:find('^//') or path:find('^%.%.') then
    return 'hình không nằm trong dự án nên không đưa vào sách'
  end
  if not is_kept(path) then return 'hình nằm ngoài reports/ nên tháng đã khóa không giữ được' end
  local data, kind = M.file_content(pandoc.path.join({ root, path })), kind_of(path)
  if not data then return 'không có tệp hình' end
  if not (kind and data:find(kind[2])) then return 'tệp hình không phải PNG, JPEG, GIF, WebP hay SVG' end
  if kind == KINDS.svg and not is_xml(data) then return 'tệp SVG sai cú pháp XML, cần xuất lại từ chương trình vẽ' end
  return kind[3] and not data:find(kind[3], 1, true) and 'tệp hình không trọn vẹn' or nil
end

local function words_for(image)
  local about = image.attributes
  for _, text in ipairs({ about['fig-alt'] or '', about['alt'] or '', stringify(image.caption) }) do
    if text:find('%S') then return text end
  end
end

-- A length in Typst's notation; nil if it is not a length.
function M.paper_length(text)
  local number, unit = (text or ''):match('^([%d.]+)(%a*%%?)$')
  if not tonumber(number) then return nil end
  if unit == '' or unit == 'px' then return number * 0.75 .. 'pt' end
  return ({ ['%'] = true, cm = true, mm = true, pt = true, ['in'] = true, em = true })[unit] and text or nil
end

-- The picture with alternative text, or what replaces it; `note` is called with what is wrong.
function M.checked_picture(image, folder, root, note)
  local problem, words = problem_of(image, folder, root), words_for(image)
  if problem then
    note(problem, image.src)
    local text = '[Không có hình: ' .. (words or M.decoded(image.src)) .. ']'
    return pandoc.Span(pandoc.Inlines(text), { class = 'khong-hinh' })
  end
  if not words then
    note('hình chưa có lời mô tả cho người không nhìn thấy (fig-alt)', image.src)
    words = 'Hình ' .. pandoc.path.filename(M.decoded(image.src))
  end
  image.attributes['fig-alt'] = words
  return image
end

-- A picture that could run or fetch something is never embedded in a page.
local function is_inert(svg)
  local low = svg:lower()
  local fetches = low:find('href%s*=%s*["\'][^#]') or low:find('url%(%s*["\']?[^#"\']')
  return not (low:find('<script') or low:find('<foreignobject') or low:find('<!') or low:find('%son%a+%s*=') or fetches)
end

-- An SVG's text with identifiers unique in the page and an accessible name; nil if it cannot be embedded in a page.
function M.inline_svg(svg, prefix, alt)
  svg = svg:gsub('^%s*<%?xml.-%?>%s*', '')
  if not svg:find('^<svg[%s>]') or not is_inert(svg) then
    return nil
  end
  svg = svg:gsub('%f[%w:]id="', 'id="' .. prefix .. '-'):gsub('url%((["\']?)#', 'url(%1#' .. prefix .. '-')
  svg = svg:gsub('href="#', 'href="#' .. prefix .. '-')
  return (svg:gsub('^<svg', function()
    return '<svg role="img" aria-label="' .. M.escape(alt) .. '" focusable="false"'
  end, 1))
end

-- The image as HTML with the SVG inside; nil to leave it as it is.
function M.figure_html(image, folder, prefix)
  if not image.src:find('%.svg$') or image.src:find('^%a[%w+.-]*:') then
    return nil
  end
  local svg = M.file_content(pandoc.path.join({ folder, image.src }))
  if not svg then
    return nil
  end
  local alt = image.attributes['fig-alt'] or image.attributes['alt'] or stringify(image.caption)
  local inline = M.inline_svg(svg, prefix, alt)
  return inline and pandoc.RawInline('html', '<span class="bieu-do">' .. inline .. '</span>')
end

-- The prefix of an image's identifiers: its file name, which contains the chapter's.
function M.figure_prefix(image)
  return (pandoc.path.split_extension(pandoc.path.filename(image.src)):gsub('[^%w-]', '-'))
end

-- -- ledger rows of figures ----------------------------------------------------------------------------------------

-- The folder of the ledger pages, relative to the book's folder.
M.data_folder = 'reports/chuong/so-lieu/'

-- The address of a row: its ledger page and the place there; `2025-10:KDC01:activities:` is on the page of the unit
-- KDC01.
local function ledger_address(key)
  local unit = key:match('^[^:]*:([^:]*):') or '*'
  local name = unit == '*' and 'so-cai' or 'so-cai-' .. pandoc.text.lower(unit)
  return name .. '.html#' .. key
end

-- `[12]{.so-lieu l="…" b="…"}` as a link to its ledger row; `to_root` leads from the page to the book's folder.
function M.figure_link(span, to_root)
  if not span.classes:includes('so-lieu') then
    return nil
  end
  local attributes = span.attributes
  local keys, before = attributes.l or '', attributes.b
  local href = to_root .. M.data_folder .. ledger_address(keys:match('^%S*'))
  local more = ''
  if keys:find(' ') then more = ' data-l="' .. M.escape(keys) .. '"' end
  if before then more = more .. ' data-b="' .. M.escape(before) .. '"' end
  local inlines = pandoc.Inlines({
    pandoc.RawInline('html', '<a class="so-lieu" href="' .. M.escape(href) .. '"' .. more .. '>'),
  })
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline('html', '</a>'))
  return inlines
end

-- The relative path from the page that Quarto renders to the book's folder.
function M.quarto_root()
  local offset = quarto.project.offset or '.'
  return offset == '.' and '' or offset .. '/'
end

-- A link to a file of the book, given by its path from the book's folder (`/reports/…`).
function M.rooted_link(link, to_root)
  if link.target:find('^/' .. M.data_folder:gsub('%-', '%%-')) then
    link.target = to_root .. link.target:sub(2)
    return link
  end
end

-- -- tables ----------------------------------------------------------------------------------------------------------

-- The number of cells in the head and the bodies of a table.
local function cell_count(tbl)
  local count = 0
  for _, row in ipairs(tbl.head.rows) do count = count + #row.cells end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do count = count + #row.cells end
  end
  return count
end

-- The texts of a table's cells, head first, then bodies, in order; and, at the same positions, what `look` returned for
-- each cell's block. Nil unless each cell holds exactly one Plain, as in pipe tables without an empty cell: walking
-- such a table once costs a third of opening cell after cell.
function M.plain_cells(tbl, look)
  if #tbl.caption.long > 0 or #tbl.foot.rows > 0 then return nil end
  local texts, found, simple = {}, {}, true
  tbl:walk({
    traverse = 'topdown',
    Plain = function(plain)
      texts[#texts + 1] = stringify(plain)
      found[#texts] = look and look(plain)
      return nil, false
    end,
    Block = function()
      simple = false
      return nil, false
    end,
  })
  if simple and #texts == cell_count(tbl) then return texts, found end
end

-- A function that is called once for each cell of a table, head first, then bodies, in order; it returns the cell's
-- text and what `look` returned for the cell's only block.
function M.words_of(tbl, look)
  local texts, found = M.plain_cells(tbl, look)
  local next_one = 0
  return function(cell)
    if not texts then
      local blocks = cell.contents
      local text = stringify(blocks)
      return text, look and #blocks == 1 and (blocks[1].t == 'Plain' or blocks[1].t == 'Para') and look(blocks[1])
    end
    next_one = next_one + 1
    return texts[next_one], found[next_one]
  end
end

local PAGE = 162 -- mm: A4 minus the margins
local PADDING = 3.6 -- mm per column
local SIZES = { 11, 10, 9, 8.5 } -- points; the first that fits is used
local MM_PER_POINT = 0.3528
local COMFORT = 0.3 -- least share of the wished-for width that a size must leave

-- Approximate advance widths of a Times-metric font, in em.
local function em(char)
  if char:find('^[%d]') then return 0.5 end
  if char:find('^[%u]') then return 0.7 end
  if char:find("^[ijlt.,:;'()/|-]") then return 0.32 end
  if char:find('^[mw%%]') then return 0.78 end
  return 0.48
end

local ems = {} -- by code point

local function text_width(text)
  local sum = 0
  for _, code in utf8.codes(text) do
    ems[code] = ems[code] or em(utf8.char(code))
    sum = sum + ems[code]
  end
  return sum
end

-- Longer runs without a blank (hashes, addresses) may be broken.
local LONG_RUN = 24
local BROKEN_RUN = 5 -- em

local measured = {} -- by text

-- The widths of a text and of its widest word, in em, and whether a word is long enough to be broken.
local function measure(text)
  local found = measured[text]
  if not found then
    found = { width = text_width(text), word = 0, long = false }
    for word in text:gmatch('%S+') do
      local is_long = #word > LONG_RUN
      found.long = found.long or is_long
      found.word = math.max(found.word, is_long and BROKEN_RUN or text_width(word))
    end
    measured[text] = found
  end
  return found
end

local RUN = 8 -- letters that stay together

-- The pieces into which a word may be broken: after punctuation, and in longer runs of letters after every eighth.
local function pieces_of(text)
  local pieces, piece, letters, marked = {}, '', 0, false
  for _, code in utf8.codes(text) do
    local char = utf8.char(code)
    local is_mark = char:find('^%p$') ~= nil
    local joins = code >= 0x300 and code < 0x370 or code == 0x200D -- a combining accent, or a joiner of two characters
    if not is_mark and not joins and piece ~= '' and (marked or letters == RUN) then
      pieces[#pieces + 1], piece, letters = piece, '', 0
    end
    piece, marked = piece .. char, is_mark
    if not is_mark and not joins then letters = letters + 1 end
  end
  pieces[#pieces + 1] = piece
  return pieces
end

local function break_run(str)
  if #str.text <= LONG_RUN then
    return nil
  end
  local inlines = pandoc.Inlines({})
  for _, piece in ipairs(pieces_of(str.text)) do
    inlines:extend({ pandoc.RawInline('typst', '#box['), pandoc.Str(piece), pandoc.RawInline('typst', '];') })
  end
  return inlines
end

local MOST_NATURAL = 40 -- em: longer texts wrap in any case
local HEAD_LINES = 2.5 -- a header may wrap

local MUCH = 40 -- em: no row with less text in its cells is high

-- The minimum and natural width of each column, in em, whether a word is long enough to be broken, and the body rows
-- that may be high.
local function column_needs(tbl, words)
  local least, natural, long, wordy = {}, {}, false, {}
  for i in ipairs(tbl.colspecs) do
    least[i], natural[i] = 1.5, 2
  end
  local function row_needs(row, factor, lines)
    local i, much = 1, false
    for _, cell in ipairs(row.cells) do
      local text = measure((words(cell)))
      long = long or text.long
      much = much or text.width > MUCH
      if cell.col_span == 1 and least[i] then
        natural[i] = math.max(natural[i], math.min(text.width * factor / lines, MOST_NATURAL))
        least[i] = math.max(least[i], text.word * factor)
      end
      i = i + cell.col_span
    end
    return much
  end
  for _, row in ipairs(tbl.head.rows) do row_needs(row, 1.12, HEAD_LINES) end
  for b, body in ipairs(tbl.bodies) do
    for r, row in ipairs(body.body) do
      if row_needs(row, 1.06, 1) then wordy[#wordy + 1] = { body = b, at = r, row = row } end
    end
  end
  for i, spec in ipairs(tbl.colspecs) do
    natural[i] = math.max(natural[i], least[i])
    if spec[1] == 'AlignRight' and natural[i] < 5.5 then least[i] = natural[i] end -- numbers stay on one line
  end
  return least, natural, long, wordy
end

local function sum(values)
  local total = 0
  for _, value in ipairs(values) do total = total + value end
  return total
end

-- Column widths as shares of the page, as a browser would lay the table out, the type size in points, whether a word is
-- long enough to be broken, the room in each column in em, and the rows that may be high.
local function layout(tbl, words)
  local least, natural, long, wordy = column_needs(tbl, words)
  local widths = {}
  local wish = sum(natural) - sum(least)
  local size, space
  for _, candidate in ipairs(SIZES) do
    size, space = candidate, (PAGE - PADDING * #least) / (candidate * MM_PER_POINT)
    if sum(least) + COMFORT * wish <= space then break end
  end
  for i in ipairs(least) do
    local extra = space - sum(least)
    local share = extra > 0 and wish > 0 and (natural[i] - least[i]) / wish or 1 / #least
    if extra > wish then -- everything fits on one line: distribute the slack by natural width
      widths[i] = natural[i] + (space - sum(natural)) * natural[i] / sum(natural)
    else
      widths[i] = least[i] + extra * share
    end
    widths[i] = math.max(widths[i], 0.5) * size * MM_PER_POINT + PADDING
  end
  local total, room = sum(widths), {}
  for i, width in ipairs(widths) do
    widths[i] = math.floor(width / total * 10000) / 10000
    room[i] = (widths[i] * PAGE - PADDING) / (size * MM_PER_POINT)
  end
  return widths, size, long, room, wordy
end

local HIGH = 24 -- lines: less than half a page, even at the largest size

-- Whether a row is too high to be kept on one page, given the room in its columns in em.
local function is_high(row, room)
  local i = 1
  for _, cell in ipairs(row.cells) do
    local width, lines = 0, 0
    for k = i, math.min(i + cell.col_span - 1, #room) do width = width + room[k] end
    local function text(el)
      lines = lines + math.ceil(1.15 * measure(stringify(el)).width / math.max(width, 1))
    end
    local function line() lines = lines + 1 end
    cell.contents:walk({ Plain = text, Para = text, LineBreak = line, CodeBlock = text })
    if lines > HIGH then return true end
    i = i + cell.col_span
  end
  return false
end

-- The typesetter keeps the rows of all tables whole; those too high for that are allowed to break.
local function let_high_rows_break(tbl, wordy, room)
  for _, one in ipairs(wordy) do
    if is_high(one.row, room) then
      for _, cell in ipairs(tbl.bodies[one.body].body[one.at].cells) do cell.attributes['typst:breakable'] = 'true' end
    end
  end
end

-- The table with column widths and type size for paper; `words` is a function as from M.words_of, if there is one.
function M.table_for_paper(tbl, words)
  local copy = tbl:clone() -- cells that were looked into are costly to return
  local widths, size, long, room, wordy = layout(copy, words or M.words_of(copy))
  let_high_rows_break(tbl, wordy, room)
  for i, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[i] = { spec[1] == 'AlignDefault' and 'AlignLeft' or spec[1], widths[i] }
  end
  tbl.attributes['typst:text:size'] = size .. 'pt'
  return (long or #tbl.caption.long > 0) and tbl:walk({ Str = break_run }) or tbl
end

-- A class for the length of a cell's text: the stylesheet keeps short cells, without a class, on one line and gives
-- long ones more room.
local function note_length(cell, text)
  local length = utf8.len(text) or 0
  if length > 14 then cell.classes:insert(length <= 40 and 'vua' or 'dai') end
end

-- Whether a row is a total: its first cell is bold.
local function is_total(row)
  local block = row.cells[1] and row.cells[1].contents[1]
  return block and #block.content == 1 and block.content[1].t == 'Strong'
end

-- The table for a screen: the browser lays out the columns, header cells have a scope, a wide table scrolls. `words` is
-- a function as from M.words_of, if there is one; `see(row, text, found)`, if given, is called for each cell, with row
-- 0 for the head.
function M.table_for_screen(tbl, words, see)
  local number = 0
  words = words or M.words_of(tbl)
  for i, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[i] = { spec[1], nil }
  end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      local text = words(cell)
      cell.attributes['scope'] = 'col'
      note_length(cell, text)
      if see then see(0, text) end
    end
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      number = number + 1
      for _, cell in ipairs(row.cells) do
        local text, found = words(cell)
        note_length(cell, text)
        if see then see(number, text, found) end
      end
      if is_total(row) then row.classes:insert('tong') end
    end
  end
  return pandoc.Div({ tbl }, { class = 'bang do-chu' }), false
end

-- `::: {.so-lieu-hinh}`: a figure's data as a table, collapsed under the figure; works without a script.
function M.div_for_screen(div)
  if not div.classes:includes('so-lieu-hinh') then
    return nil
  end
  local head = '<summary>Số liệu của hình, dưới dạng bảng</summary>'
  local blocks = pandoc.Blocks({
    pandoc.RawBlock('html', '<details class="so-lieu-hinh" id="' .. M.escape(div.identifier) .. '">' .. head),
  })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock('html', '</details>'))
  return blocks
end

-- -- project parts for Typst -----------------------------------------------------------------------------------------

local function wrapped(open, inlines, close)
  return { pandoc.RawInline('typst', open), pandoc.Span(inlines), pandoc.RawInline('typst', close) }
end

-- `[…]{.trang-thai .dat}` and `[…]{.so}`.
function M.span_for_paper(span)
  local classes = span.classes
  if classes:includes('trang-thai') then
    local kind = ''
    for _, class in ipairs(classes) do
      if class ~= 'trang-thai' then kind = class end
    end
    return wrapped('#status(' .. M.typst_string(kind) .. ')[', span.content, '];')
  end
  if classes:includes('so') then
    return wrapped('#key-figure[', span.content, '];')
  end
end

-- What Quarto's cross-references begin with.
M.references = pandoc.List({
  'alg', 'cau', 'cnj', 'cor', 'def', 'eq', 'exm', 'exr', 'fig', 'imp', 'lem', 'lst', 'nte', 'prf', 'prp', 'rem', 'sec',
  'sol', 'tbl', 'thm', 'tip', 'wrn',
})

function M.is_reference(id)
  local kind = id:match('^(%a+)%-')
  return kind ~= nil and M.references:includes(kind:lower())
end

-- A link to a chapter's file becomes a link to the chapter in the same document; other links are unchanged.
function M.chapter_link_for_paper(link)
  local name = link.target:match('([%w-]+)%.qmd$')
  if name and not link.target:find('^%a[%w+.-]*:') then
    return { pandoc.RawInline('typst', '#link(label("sec-' .. name .. '"))['), pandoc.Span(link.content),
      pandoc.RawInline('typst', '];') }
  end
end

local function is_float(block)
  return block.t == 'Div' and block.identifier:find('^tbl%-') or block.t == 'Figure' and block.identifier:find('^fig%-')
end

local LISTS = { BulletList = true, OrderedList = true, DefinitionList = true }

-- The blocks, with each paragraph or quotation right before a list or a numbered table or figure kept on the same page
-- as it, and the heading above too.
function M.keep_with_next(blocks)
  for i = 1, #blocks - 1 do
    local said, next_block = blocks[i], blocks[i + 1]
    if (said.t == 'Para' or said.t == 'BlockQuote') and (LISTS[next_block.t] or is_float(next_block)) then
      blocks[i] = pandoc.Div({ said }, { class = 'cung-trang' })
    end
  end
  return blocks
end

-- `::: {.so-chinh}` with a list: one cell per item. A figure's data and links to files are for the screen only.
function M.div_for_paper(div)
  if div.classes:includes('so-lieu-hinh') or div.classes:includes('tai-ve') then
    return pandoc.Blocks({})
  end
  if div.classes:includes('cung-trang') then
    local blocks = pandoc.Blocks({ pandoc.RawBlock('typst', '#with-next[') })
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock('typst', ']'))
    return blocks
  end
  if not div.classes:includes('so-chinh') or #div.content ~= 1 or div.content[1].t ~= 'BulletList' then
    return nil
  end
  local blocks = pandoc.Blocks({ pandoc.RawBlock('typst', '#key-figures(') })
  for _, item in ipairs(div.content[1].content) do
    blocks:insert(pandoc.RawBlock('typst', '['))
    blocks:extend(item)
    blocks:insert(pandoc.RawBlock('typst', '],'))
  end
  blocks:insert(pandoc.RawBlock('typst', ')'))
  return blocks
end

-- -- notices for HTML ------------------------------------------------------------------------------------------------

local function meta_text(meta, key)
  local house = meta.baocao
  return house and house[key] and stringify(house[key]) or ''
end

function M.is_demonstration(meta)
  return meta.baocao ~= nil and meta.baocao.demonstration == true
end

-- Applies the reader's choice of light or dark before anything is painted.
M.theme_script = '<script>try{var g=localStorage.getItem("baocao-giao-dien");'
  .. 'if(g==="toi"||g==="sang")document.documentElement.dataset.giaoDien=g}catch(e){}</script>\n'

-- The start of a page: the banner of a demonstration, on screen and in the margin of each printed page.
function M.banner_html(meta)
  if not M.is_demonstration(meta) then
    return M.theme_script
  end
  local text = meta_text(meta, 'demonstration-text')
  local css = text:gsub('[^%w%s,.\128-\255]', ' ')
  return M.theme_script .. '<div class="minh-hoa" role="region" aria-label="Tính chất của số liệu">' .. M.escape(text) .. '</div>\n'
    .. '<style>@media print{@page{@top-center{content:"' .. css .. '"}}}</style>\n'
end

-- The statement of origin on every page.
function M.footer_html(meta)
  local trace, site, label = meta_text(meta, 'trace'), meta_text(meta, 'site-name'), meta_text(meta, 'month-label')
  local parts = {}
  for _, text in ipairs({ site, label, trace }) do
    if text ~= '' then parts[#parts + 1] = '<span>' .. M.escape(text) .. '</span>' end
  end
  return '<footer class="dau-vet">' .. table.concat(parts, ' ') .. '</footer>\n'
end

return M
