--[[ Without a bibliography there are no citations: a word such as `@phuong` that is no cross-reference either stays as it
was written. Quarto would set it as a citation, and Typst then refuses the whole document. The built-in renderer does the
same. ]]

-- What Quarto's cross-references begin with.
local KINDS = pandoc.List({
  'alg', 'cau', 'cnj', 'cor', 'def', 'eq', 'exm', 'exr', 'fig', 'imp', 'lem', 'lst', 'nte', 'prf', 'prp', 'rem', 'sec',
  'sol', 'tbl', 'thm', 'tip', 'wrn',
})
local stringify = pandoc.utils.stringify
local has_bibliography = false

local function note(meta)
  has_bibliography = meta.bibliography ~= nil or meta.references ~= nil
  for _, one in ipairs(meta.crossref and meta.crossref.custom or {}) do
    if one.key then KINDS:insert(stringify(one.key)) end
  end
end

local function is_reference(citation)
  local kind = citation.id:match('^(%a+)%-')
  return kind ~= nil and KINDS:includes(kind:lower())
end

return {
  { Meta = note },
  {
    Cite = function(cite)
      if not has_bibliography and not cite.citations:find_if(is_reference) then return cite.content end
    end,
  },
}
