//! A table of true counts, as the record gives it. It never leaves this crate unprotected.

/// One table of true counts, with what is needed to judge how many families stand behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What is counted and by what: "Contacts by kind".
    pub title: String,
    /// What one count is, in the plural: "infants", "contacts".
    pub unit: String,
    /// A sentence printed below the table; empty for none.
    pub note: String,
    /// The cells, in the order of their code list (never by size: the order of rows is published).
    pub rows: Vec<Row>,
    /// How many distinct families stand behind the whole table. Never published.
    pub families: u32,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The words of the code list: "0–5 months".
    pub label: String,
    /// The true count.
    pub count: u32,
    /// How many distinct families stand behind the count. Never published.
    pub contributors: u32,
}

impl Row {
    /// What the cell weighs in the rule: never more than its count, nor than its families.
    pub(crate) fn weight(&self) -> u32 {
        self.count.min(self.contributors)
    }
}

impl Table {
    /// The families behind the table, never more than its cells can account for.
    pub(crate) fn families_behind(&self) -> u64 {
        let by_cell: u64 = self.rows.iter().map(|r| u64::from(r.contributors)).sum();
        by_cell.min(u64::from(self.families))
    }
}
