"""The built-in renderer: pandoc and Typst from their wheels make the book that Quarto makes."""
