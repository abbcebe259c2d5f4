--[[ What is said right before a table or a figure is marked, before Quarto makes a float of it. ]]
local shared = require('shared')

return {
  Pandoc = function(doc)
    doc.blocks = shared.keep_with_floats(doc.blocks)
    return doc
  end,
}
