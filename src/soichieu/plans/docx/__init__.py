"""Documents that this room drafts as .docx, in the layout of decree 30/2020/NĐ-CP. Signed and numbered elsewhere."""
