--[[ Text right before a list, table or figure is marked to stay with it, before Quarto turns tables and figures into
floats. ]]
local shared = require('shared')

return {
  Pandoc = function(doc)
    doc.blocks = shared.keep_with_next(doc.blocks)
    return doc
  end,
}
