--[[ What is said right before a table is marked, before Quarto makes a float of the table. ]]
local shared = require('shared')

return {
  Pandoc = function(doc)
    doc.blocks = shared.keep_with_tables(doc.blocks)
    return doc
  end,
}
