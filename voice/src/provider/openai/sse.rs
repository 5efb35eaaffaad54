//! Server-sent events, cut out of a byte stream however it was chopped up.
//!
//! By the WHATWG's rules as far as a chat stream needs them: lines end in LF, CRLF or CR; `data` lines of one event
//! are joined by a line feed; comments and other fields are passed over.

/// The reader of one stream.
#[derive(Default)]
pub(super) struct Events {
    /// The unfinished line.
    line: Vec<u8>,
    /// The data of the unfinished event.
    data: Vec<u8>,
    has_data: bool,
    /// The last byte was CR: an LF that follows belongs to it.
    after_cr: bool,
    /// The first line is over, and with it the place for a byte order mark.
    begun: bool,
}

/// A line or an event of more than [`Events::MAX`] bytes.
#[derive(Debug, PartialEq)]
pub(super) struct Overlong;

impl Events {
    /// Longest event, and longest line. A chat chunk has a kilobyte and a whole tool call some tens; a server
    /// that never ends its line may not fill the memory.
    pub const MAX: usize = 1 << 20;

    /// Takes the next bytes and hands out the data of each event that they complete. A stream is not read on
    /// after [`Overlong`].
    pub fn push(&mut self, mut bytes: &[u8], mut event: impl FnMut(&[u8])) -> Result<(), Overlong> {
        if self.after_cr && !bytes.is_empty() {
            self.after_cr = false;
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            if self.line.is_empty() {
                self.line_ended(&bytes[..end], &mut event)?;
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(&bytes[..end]);
                self.line_ended(&line, &mut event)?;
                line.clear();
                self.line = line;
            }
            let was_cr = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            if was_cr {
                self.after_cr = bytes.is_empty();
                bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            }
        }
        if self.line.len() + bytes.len() > Self::MAX {
            return Err(Overlong);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    /// The stream has ended. An event that only lacks its last line end is handed out: servers do forget it.
    pub fn finish(&mut self, mut event: impl FnMut(&[u8])) -> Result<(), Overlong> {
        self.push(b"\n\n", &mut event)
    }

    fn line_ended(&mut self, line: &[u8], event: &mut impl FnMut(&[u8])) -> Result<(), Overlong> {
        let line = match std::mem::replace(&mut self.begun, true) {
            false => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
            true => line,
        };
        if line.is_empty() {
            if std::mem::take(&mut self.has_data) {
                event(&self.data);
                self.data.clear();
            }
            return Ok(());
        }
        let Some(value) = line.strip_prefix(b"data") else { return Ok(()) };
        let value = match value.strip_prefix(b":") {
            Some(value) => value.strip_prefix(b" ").unwrap_or(value),
            None if value.is_empty() => value,
            None => return Ok(()),
        };
        if self.data.len() + value.len() + 1 > Self::MAX {
            return Err(Overlong);
        }
        if std::mem::replace(&mut self.has_data, true) {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<String> {
        let mut events = Events::default();
        let mut out = Vec::new();
        let mut keep = |data: &[u8]| out.push(String::from_utf8(data.to_vec()).unwrap());
        for chunk in chunks {
            events.push(chunk, &mut keep).unwrap();
        }
        events.finish(&mut keep).unwrap();
        out
    }

    const STREAM: &str = "\u{FEFF}: hello\r\n\r\ndata: one\n\ndata:two\r\ndata: three\r\n\r\nevent: x\rid: 7\rdata: Grüße\r\r\
        retry: 5\n\ndata\n\ndatum: no\n\ndata:  spaced\n\n: last\ndata: [DONE]";

    fn expected() -> Vec<&'static str> {
        vec!["one", "two\nthree", "Grüße", "", " spaced", "[DONE]"]
    }

    #[test]
    fn every_split_in_two_reads_the_same() {
        let bytes = STREAM.as_bytes();
        for at in 0..=bytes.len() {
            assert_eq!(read([&bytes[..at], &bytes[at..]]), expected(), "split at {at}");
        }
    }

    #[test]
    fn single_bytes_read_the_same() {
        assert_eq!(read(STREAM.as_bytes().chunks(1)), expected());
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_chunks_read_as_in_one(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b':'), Just(b' '), Just(b'd'), Just(b'a'), Just(b't')], 0..200),
            size in 1usize..20,
        ) {
            prop_assert_eq!(read([bytes.as_slice()]), read(bytes.chunks(size)));
        }
    }

    #[test]
    fn a_line_without_end_is_refused_at_the_bound() {
        let mut events = Events::default();
        let chunk = vec![b'x'; 64 * 1024];
        let taken = (0..).take_while(|_| events.push(&chunk, |_| ()).is_ok()).count();
        assert_eq!(taken, Events::MAX / chunk.len());
    }

    #[test]
    fn an_event_without_end_is_refused_at_the_bound() {
        let mut events = Events::default();
        let line = format!("data: {}\n", "x".repeat(60_000));
        let taken = (0..100).take_while(|_| events.push(line.as_bytes(), |_| ()).is_ok()).count();
        assert_eq!(taken, Events::MAX / 60_001);
    }
}
