//! An endpoint that is nothing like AWS: who asks is told an account, and then answered any bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

const IDENTITY: &str = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
    <GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn><UserId>x</UserId>\
    <Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

/// What is sent on one connection after the request for a list: pieces, the last of them over and over.
pub type Reply = Vec<Vec<u8>>;

/// A running endpoint; dropping it ends it.
pub struct Stranger {
    pub url: String,
    lists: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    server: JoinHandle<()>,
}

impl Stranger {
    /// Answers every list with what `reply` makes of the path with its query.
    pub async fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let lists: Arc<AtomicUsize> = Arc::default();
        let connections: Arc<AtomicUsize> = Arc::default();
        let (counted, accepted) = (Arc::clone(&lists), Arc::clone(&connections));
        let reply = Arc::new(reply);
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&reply), Arc::clone(&counted)));
            }
        });
        Self { url, lists, connections, server }
    }

    /// Returns how many lists were asked for.
    pub fn lists(&self) -> usize {
        self.lists.load(Ordering::SeqCst)
    }

    /// Returns how many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Returns a whole answer with a JSON body.
pub fn json(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
    vec![text.into_bytes()]
}

async fn serve(
    mut stream: TcpStream,
    reply: Arc<impl Fn(&str) -> Reply>,
    lists: Arc<AtomicUsize>,
) -> Option<()> {
    loop {
        let head = read_head(&mut stream).await?;
        let (method, target) = head.split_once(' ')?;
        let target = target.split(' ').next()?;
        if method == "POST" {
            let body = json("200 OK", "", IDENTITY);
            stream.write_all(&body[0]).await.ok()?;
            continue;
        }
        lists.fetch_add(1, Ordering::SeqCst);
        let pieces = reply(target);
        for piece in &pieces {
            stream.write_all(piece).await.ok()?;
        }
        // More than one piece is an answer without end.
        while let [_, .., last] = pieces.as_slice() {
            stream.write_all(last).await.ok()?;
        }
    }
}

/// Reads a request and returns its head.
async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(bytes).ok()?;
    let length = head.to_lowercase().lines().find_map(|line| {
        line.strip_prefix("content-length:").and_then(|text| text.trim().parse().ok())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head)
}
