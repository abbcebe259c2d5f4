--[[ Without a bibliography there are no citations: a word such as `@phuong` that is no cross-reference either stays as it
was written. Quarto would set it as a citation, and Typst then refuses the whole document. The built-in renderer does the
same. ]]

local shared = require('shared')

local stringify = pandoc.utils.stringify
local has_bibliography = false

local function note(meta)
  has_bibliography = meta.bibliography ~= nil or meta.references ~= nil
  for _, one in ipairs(meta.crossref and meta.crossref.custom or {}) do
    if one.key then shared.references:insert(stringify(one.key)) end
  end
end

local function is_reference(citation) return shared.is_reference(citation.id) end

return {
  { Meta = note },
  {
    Cite = function(cite)
      if not has_bibliography and not cite.citations:find_if(is_reference) then return cite.content end
    end,
  },
}
