//! How long the server waits for somebody who stopped in the middle: of a body
//! that they send, or of an answer that they no longer take. What moves may take
//! as long as it needs.

use hyper::body::{Body, Frame, SizeHint};
use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep},
};

/// A wait that begins when nothing moves and ends when something does.
struct Wait {
    longest: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Wait {
    const fn new(longest: Duration) -> Self {
        Self {
            longest,
            sleep: None,
            waiting: false,
        }
    }

    /// Something moved.
    const fn moved(&mut self) {
        self.waiting = false;
    }

    /// Nothing moves: ready when that has lasted too long. The time during which
    /// nobody asked does not count.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(self.longest)));
        if !self.waiting {
            self.waiting = true;
            sleep.as_mut().reset(Instant::now() + self.longest);
        }
        ready!(sleep.as_mut().poll(context));
        Poll::Ready(io::Error::new(
            io::ErrorKind::TimedOut,
            "nothing moved for too long",
        ))
    }
}

/// A body that fails when nothing of it comes for too long.
pub(crate) struct Patient<B> {
    body: B,
    wait: Wait,
}

impl<B> Patient<B> {
    pub(crate) const fn new(body: B, longest: Duration) -> Self {
        Self {
            body,
            wait: Wait::new(longest),
        }
    }
}

impl<B> Body for Patient<B>
where
    B: Body<Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Unpin,
{
    type Data = B::Data;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.wait.moved();
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let error = ready!(self.wait.poll(context));
        Poll::Ready(Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A connection that fails when nothing of an answer is taken for too long.
/// Reading waits as long as it must: a window that listens sends nothing.
pub(crate) struct Taken<S> {
    stream: S,
    wait: Wait,
}

impl<S> Taken<S> {
    pub(crate) const fn new(stream: S, longest: Duration) -> Self {
        Self {
            stream,
            wait: Wait::new(longest),
        }
    }

    fn settle(
        &mut self,
        outcome: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.wait.moved();
            return outcome;
        }
        Poll::Ready(Err(ready!(self.wait.poll(context))))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taken<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taken<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.settle(outcome, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.settle(outcome, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Bytes, to_bytes};
    use futures::{StreamExt, stream};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const SOON: Duration = Duration::from_millis(20);

    fn body(
        pieces: impl futures::Stream<Item = &'static str> + Send + 'static,
    ) -> axum::body::Body {
        let pieces = pieces.map(|piece| Ok::<_, io::Error>(Bytes::from(piece)));
        let body = axum::body::Body::from_stream(pieces);
        axum::body::Body::new(Patient::new(body, SOON))
    }

    #[tokio::test]
    async fn a_body_that_comes_arrives_and_one_that_stops_in_the_middle_fails() {
        let whole = body(stream::iter(["a", "b"]));
        assert_eq!(to_bytes(whole, 9).await.unwrap(), "ab");
        let stuck = body(stream::iter(["a"]).chain(stream::pending()));
        assert!(to_bytes(stuck, 9).await.is_err());
    }

    #[tokio::test]
    async fn an_answer_that_nobody_takes_ends_the_connection() {
        let (ours, mut theirs) = tokio::io::duplex(4);
        let mut ours = Taken::new(ours, SOON);
        ours.write_all(b"abcd").await.unwrap();
        let stuck = ours.write_all(b"efgh").await.unwrap_err();
        assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
        let mut taken = [0; 4];
        theirs.read_exact(&mut taken).await.unwrap();
        ours.write_all(b"efgh").await.unwrap();
    }
}
