-- A name is found by the beginning of its words joined, too: the tokens are made anew.
DELETE FROM name_token;
