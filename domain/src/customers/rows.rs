//! Customers as spreadsheets and programs write them down: CSV or JSON lines.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::{Map, Value};

use super::NewCustomer;
use crate::{Error, Result};

/// Rows of the longest import.
pub const MOST_ROWS: usize = 10_000;

/// Begins the names of CSV columns that are metadata.
const METADATA: &str = "metadata.";

/// How an import is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With a first line that names the columns: `external_id`, `phone`, `name`, and `metadata.` with any name. An empty
    /// field is left out.
    Csv,
    /// One [`NewCustomer`] a line; empty lines count for nothing.
    JsonLines,
}

/// One customer of an import, and the line that they begin in, from 1.
pub(super) type Row = (u64, Result<NewCustomer>);

/// [`Error::Invalid`]: too many, or the first line of a CSV names what is no column.
pub(super) fn read(format: Format, text: &str) -> Result<Vec<Row>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows: Vec<Row> = match format {
        Format::Csv => csv(text)?,
        Format::JsonLines => json_lines(text),
    };
    if rows.len() > MOST_ROWS {
        return Err(Error::invalid("rows", format!("must be at most {MOST_ROWS}: send the rest in another import")));
    }
    Ok(rows)
}

fn json_lines(text: &str) -> Vec<Row> {
    // The line's own words are not repeated: they may be what somebody has said.
    let refused = |_| Error::invalid("row", "must be an object of external_id, phone, name and metadata");
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .take(MOST_ROWS + 1)
        .map(|(number, line)| (number, serde_json::from_str(line).map_err(refused)))
        .collect()
}

fn csv(text: &str) -> Result<Vec<Row>> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let unreadable = |_| Error::invalid("columns", "the first line cannot be read");
    let columns = reader.headers().map_err(unreadable)?.clone();
    check(&columns)?;
    let refused = |_| Error::invalid("row", format!("must have as many fields as the first line: {}", columns.len()));
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    while rows.len() <= MOST_ROWS {
        // The reader's own count stops before the line ends, and the empty lines, that it skips next.
        let begins = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let skipped = text.as_bytes()[begins..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        line += text.as_bytes()[counted..begins + skipped].iter().filter(|byte| **byte == b'\n').count() as u64;
        counted = begins + skipped;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => rows.push((line, Ok(customer(&columns, &record)))),
            Err(error) => rows.push((line, Err(refused(error)))),
        }
    }
    Ok(rows)
}

fn check(columns: &StringRecord) -> Result<()> {
    let is_known = |column: &str| {
        ["external_id", "phone", "name"].contains(&column)
            || column.strip_prefix(METADATA).is_some_and(|name| !name.is_empty())
    };
    if columns.is_empty() || !columns.iter().all(is_known) {
        return Err(Error::invalid("columns", "must be external_id, phone, name, or metadata. with a name"));
    }
    let distinct: HashSet<_> = columns.iter().collect();
    if distinct.len() < columns.len() { Err(Error::invalid("columns", "must be named once each")) } else { Ok(()) }
}

fn customer(columns: &StringRecord, record: &StringRecord) -> NewCustomer {
    let mut customer = NewCustomer::default();
    let mut metadata = Map::new();
    for (column, field) in columns.iter().zip(record).filter(|(_, field)| !field.is_empty()) {
        match column {
            "external_id" => customer.external_id = Some(field.to_owned()),
            "phone" => customer.phone = Some(field.to_owned()),
            "name" => customer.name = Some(field.to_owned()),
            column => {
                let name = column.strip_prefix(METADATA).unwrap_or(column);
                metadata.insert(name.to_owned(), Value::from(field));
            }
        }
    }
    customer.metadata = Some(metadata).filter(|metadata| !metadata.is_empty()).map(Value::Object);
    customer
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(rows: &[Row]) -> Vec<(u64, bool)> {
        rows.iter().map(|(line, row)| (*line, row.is_ok())).collect()
    }

    #[test]
    fn a_spreadsheet_is_read_by_its_first_line() {
        let text = "\u{feff}external_id, phone ,name,metadata.plan\r\nc-1,+14155550100,\"Lee, Ann\",gold\n\n\
                    c-2,,\"two\nlines\",\nshort\nc-3,,,";
        let rows = read(Format::Csv, text).unwrap();
        assert_eq!(lines(&rows), [(2, true), (4, true), (6, false), (7, true)]);
        let ann = rows[0].1.as_ref().unwrap();
        assert_eq!((ann.external_id.as_deref(), ann.name.as_deref()), (Some("c-1"), Some("Lee, Ann")));
        assert_eq!((ann.phone.as_deref(), &ann.metadata), (Some("+14155550100"), &Some(json!({"plan": "gold"}))));
        let third = rows[3].1.as_ref().unwrap();
        assert_eq!((&third.phone, &third.name, &third.metadata), (&None, &None, &None));
    }

    #[test]
    fn a_column_that_is_none_stops_the_import() {
        for text in ["", "nmae\nAnn", "name,name\nAnn,Ann", "metadata.\nx", "Ann,+14155550100"] {
            assert!(matches!(read(Format::Csv, text), Err(Error::Invalid { field: "columns", .. })), "{text:?}");
        }
    }

    #[test]
    fn json_lines_are_counted_as_an_editor_counts_them() {
        let text = "{\"external_id\": \"c-1\", \"metadata\": {\"vip\": true}}\n\n{\"nmae\": \"Ann\"}\nnonsense\n[]\n{}";
        let rows = read(Format::JsonLines, text).unwrap();
        assert_eq!(lines(&rows), [(1, true), (3, false), (4, false), (5, false), (6, true)]);
        assert!(!rows[2].1.as_ref().unwrap_err().to_string().contains("nonsense"));
    }

    #[test]
    fn what_is_too_long_is_refused_whole() {
        for (format, text) in
            [(Format::JsonLines, "{}\n".repeat(MOST_ROWS + 1)), (Format::Csv, "name\n".repeat(MOST_ROWS + 2))]
        {
            assert!(matches!(read(format, &text), Err(Error::Invalid { field: "rows", .. })), "{format:?}");
            let (most, _) = text.rsplit_once('\n').unwrap().0.rsplit_once('\n').unwrap();
            assert_eq!(read(format, most).unwrap().len(), MOST_ROWS);
        }
    }
}
