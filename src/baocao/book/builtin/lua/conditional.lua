--[[ Content for the pages or for the PDF alone, as Quarto marks it: a Div or Span of class `content-visible` or
`content-hidden` with `when-format` or `unless-format`. Other conditions (metadata, profiles) only Quarto evaluates. ]]
local numbering = require('numbering')

local M = {}

-- Names of a form in conditions.
local FORMS = {
  screen = { html = true, html4 = true, html5 = true, ['html:js'] = true },
  paper = { typst = true },
}
local OTHERS = { 'when-meta', 'unless-meta', 'when-profile', 'unless-profile' }

local function is_conditional(el)
  return el.classes:includes('content-visible') or el.classes:includes('content-hidden')
end

-- Whether an element is in a form; nil if that cannot be said here.
local function is_shown(el, form)
  for _, name in ipairs(OTHERS) do
    if el.attributes[name] then return nil end
  end
  local when, unless = el.attributes['when-format'], el.attributes['unless-format']
  local holds = (not when or FORMS[form][when] == true) and not (unless and FORMS[form][unless])
  return el.classes:includes('content-hidden') ~= holds
end

-- A chapter's blocks as they are in a form, `screen` or `paper`.
function M.blocks(chapter, book, form)
  if not chapter.item.text:find('content%-visible') and not chapter.item.text:find('content%-hidden') then
    return chapter.whole
  end
  local function choose(el)
    if not is_conditional(el) then return nil end
    local shown = is_shown(el, form)
    if shown == nil then numbering.note(book, chapter, 'foreign', '.' .. el.classes[1]) end
    return shown == false and {} or el.content
  end
  return chapter.whole:walk({ Div = choose, Span = choose })
end

return M
