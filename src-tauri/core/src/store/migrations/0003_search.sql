-- What Find looks in: folded name tokens, and the words of notes. Both are
-- projections; hidden sections of a note (supervision) are not indexed.

CREATE TABLE name_token (token TEXT NOT NULL, person BLOB NOT NULL, PRIMARY KEY (token, person)) STRICT, WITHOUT ROWID;
CREATE INDEX name_token_person ON name_token (person);
CREATE VIRTUAL TABLE contact_text USING fts5 (body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
