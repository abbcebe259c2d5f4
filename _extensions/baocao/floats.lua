--[[ What is said right before a list, a table or a figure is marked, before Quarto makes a float of it. ]]
local shared = require('shared')

return {
  Pandoc = function(doc)
    doc.blocks = shared.keep_with_next(doc.blocks)
    return doc
  end,
}
