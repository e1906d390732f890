"""What a site is made of besides its words: heads, stylesheet, pictures, files for search engines."""
