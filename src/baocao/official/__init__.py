"""The official report and the socio-economic extract: one content, written as DOCX and as PDF (Decree 30/2020/NĐ-CP).

Templates that an analyst edits give the words, the ledger gives the figures, ``params/`` gives the form.
"""
