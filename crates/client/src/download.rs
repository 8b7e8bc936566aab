//! Bytes on their way down: a paper, or an issued document. The server records
//! the reading before it sends the first byte. Nothing is kept on disk.

use crate::{
    Client,
    trouble::{self, Loss},
};
use contract::{Code, Kind, Problem};
use reqwest::Response;

/// Which bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bytes {
    /// A paper served on a case.
    Material,
    /// An issued notice, order or warrant.
    Document,
    /// A list, register, extract or receipt, made now.
    Printout,
}

/// Bytes that are arriving.
#[derive(Debug)]
pub struct Download {
    /// MIME type, as the server says.
    pub mime: String,
    /// How many there will be, if the server says.
    pub total: Option<u64>,
    answer: Response,
}

impl Client {
    /// Begins to read a paper or a document.
    ///
    /// # Errors
    /// The server's refusal, or a problem with the way to it.
    pub async fn download(&self, bytes: Bytes, id: &str) -> Result<Download, Problem> {
        let noun = match bytes {
            Bytes::Material => "materials",
            Bytes::Document => "documents",
            Bytes::Printout => "printouts",
        };
        let tries = self.patience().tries.min(2);
        let mut tried = 0;
        loop {
            tried += 1;
            let sent = self.request(reqwest::Method::GET, &[noun, id])?.send();
            let loss = match tokio::time::timeout(self.patience().answer, sent).await {
                Ok(Ok(answer)) if answer.status().is_success() => return Ok(begun(answer)),
                Ok(Ok(answer)) => match crate::send::settle(answer).await {
                    Ok(Err(problem)) => return Err(problem),
                    Ok(Ok(_)) => Loss::Broken,
                    Err(loss) => loss,
                },
                Ok(Err(error)) => Loss::of(&error),
                Err(_) => Loss::Silent,
            };
            if tried >= tries {
                return Err(trouble::lost(Kind::Query, loss, false));
            }
            tokio::time::sleep(self.patience().wait(tried)).await;
        }
    }
}

fn begun(answer: Response) -> Download {
    Download {
        mime: answer
            .headers()
            .get(reqwest::header::CONTENT_TYPE)
            .and_then(|mime| mime.to_str().ok())
            .unwrap_or("application/octet-stream")
            .to_owned(),
        total: answer.content_length(),
        answer,
    }
}

impl Download {
    /// The next bytes; nothing at the end.
    ///
    /// # Errors
    /// The connection was lost before the end.
    pub async fn chunk(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        match self.answer.chunk().await {
            Ok(chunk) => Ok(chunk.map(|bytes| bytes.to_vec())),
            Err(error) => Err(trouble::lost(Kind::Query, Loss::of(&error), false)),
        }
    }

    /// All bytes, unless they are more than `most`.
    ///
    /// # Errors
    /// The connection was lost, or there are too many bytes.
    pub async fn all(mut self, most: u64) -> Result<Vec<u8>, Problem> {
        let too_large = || {
            Problem::new(
                Code::TooLarge,
                "This file is too large to be shown here.",
                "Ask the court how else you can see it.",
            )
        };
        if self.total.is_some_and(|total| total > most) {
            return Err(too_large());
        }
        let mut all = Vec::with_capacity(self.total.unwrap_or(0).try_into().unwrap_or(0));
        while let Some(chunk) = self.chunk().await? {
            if (all.len() + chunk.len()) as u64 > most {
                return Err(too_large());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }
}
