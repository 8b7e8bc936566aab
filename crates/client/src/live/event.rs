//! Reads the text of server-sent events (HTML Standard, 9.2) as it arrives in
//! pieces. It knows nothing of what the events mean.

/// More than any event of this server; beyond it the line is noise.
const MOST: usize = 1024 * 1024;

/// One event.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Its id, if it is a position.
    pub(super) id: Option<u64>,
    /// Its data, lines joined.
    pub(super) data: String,
}

/// What has arrived and is not yet an event.
#[derive(Debug, Default)]
pub(super) struct Parser {
    bytes: Vec<u8>,
    id: Option<u64>,
    data: String,
    has_data: bool,
}

impl Parser {
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() > MOST {
            self.bytes.clear();
        }
    }

    pub(super) fn next_event(&mut self) -> Option<Event> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                let event = Event {
                    id: self.id.take(),
                    data: std::mem::take(&mut self.data),
                };
                if std::mem::take(&mut self.has_data) {
                    return Some(event);
                }
                continue;
            }
            // A line that begins with a colon is a comment: the server's sign of life.
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "id" => self.id = value.parse().ok(),
                "data" => {
                    if self.has_data {
                        self.data.push('\n');
                    }
                    self.has_data = true;
                    self.data.push_str(value);
                }
                _ => {}
            }
        }
        None
    }

    /// The next whole line. Our server ends lines with LF; CRLF is understood too.
    fn line(&mut self) -> Option<String> {
        let end = self.bytes.iter().position(|byte| *byte == b'\n')?;
        let mut line: Vec<u8> = self.bytes.drain(..=end).collect();
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Some(String::from_utf8_lossy(&line).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(pieces: &[&str]) -> Vec<Event> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for piece in pieces {
            parser.feed(piece.as_bytes());
            while let Some(event) = parser.next_event() {
                events.push(event);
            }
        }
        events
    }

    #[test]
    fn an_event_may_arrive_in_pieces() {
        let text = ": hello\n\nid: 7\nevent: live\ndata: {\"a\":\ndata: 1}\n\n";
        let whole = events(&[text]);
        assert_eq!(
            whole,
            [Event {
                id: Some(7),
                data: "{\"a\":\n1}".to_owned()
            }]
        );
        let letters: Vec<String> = text.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(events(&letters), whole);
    }

    #[test]
    fn a_sign_of_life_is_no_event() {
        assert!(events(&[":\n\n", ": still here\n\n", "id: 3\n\n"]).is_empty());
    }

    #[test]
    fn an_unfinished_event_is_not_given_out() {
        assert!(events(&["id: 1\ndata: {}\n"]).is_empty());
    }
}
