//! Reading on after a refusal. A connection that is closed while bytes are still
//! on their way takes the answer down with it: the sender would hear of a lost
//! connection and never why it was refused.

use axum::body::{Body, BodyDataStream};
use futures::{Stream, StreamExt};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// How long a refused sender is listened to; by then the answer has arrived.
const LONGEST: Duration = Duration::from_secs(10);

/// A body that is read on, into nothing, when it is dropped before its end.
pub(super) struct Lingering(Option<BodyDataStream>);

impl Lingering {
    pub(super) fn new(body: Body) -> Self {
        Self(Some(body.into_data_stream()))
    }
}

impl Stream for Lingering {
    type Item = Result<axum::body::Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let chunk = std::task::ready!(body.poll_next_unpin(context));
        if !matches!(chunk, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(chunk)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        let (Some(mut rest), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current())
        else {
            return;
        };
        runtime.spawn(tokio::time::timeout(LONGEST, async move {
            while let Some(Ok(_)) = rest.next().await {}
        }));
    }
}
