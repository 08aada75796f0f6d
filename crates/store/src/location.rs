//! Where a store is: a folder, memory or a bucket, and the object store that reaches it.

use crate::bucket::{self, Environment};
use crate::error::{Result, StoreError};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// Where a store is, parsed but not yet touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// Memory of this process, gone with the store.
    Memory,
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket and the prefix of the store in it (without slashes at its ends).
    S3 {
        /// The bucket.
        bucket: String,
        /// The prefix, possibly empty.
        prefix: String,
    },
}

impl Location {
    /// Reads `memory:`, `s3://bucket/prefix`, `file://…` or a path.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let unsupported = || StoreError::UnsupportedLocation(text.to_owned());
        if text.is_empty() {
            return Err(unsupported());
        }
        if matches!(text, "memory:" | "memory://" | "memory:///") {
            return Ok(Self::Memory);
        }
        if !text.contains("://") {
            return Ok(Self::Folder(PathBuf::from(text)));
        }
        let url = Url::parse(text).map_err(|_| unsupported())?;
        match url.scheme() {
            "file" => url.to_file_path().map(Self::Folder).map_err(|()| unsupported()),
            "s3" => Ok(Self::S3 {
                bucket: url.host_str().ok_or_else(unsupported)?.to_owned(),
                prefix: url.path().trim_matches('/').to_owned(),
            }),
            _ => Err(unsupported()),
        }
    }

    /// Opens an object store whose root is the store's root; creates the folder if asked to.
    pub(crate) fn connect(&self, text: &str, create: bool) -> Result<Arc<dyn ObjectStore>> {
        match self {
            Self::Memory => Ok(Arc::new(InMemory::new())),
            Self::Folder(path) => folder(path, text, create),
            Self::S3 { bucket, prefix } => {
                bucket::connect(&Environment::of_process(), bucket, prefix, text)
            }
        }
    }
}

/// How the Delta kernel reaches a store: it insists on real paths for folders.
#[derive(Debug)]
pub(crate) struct KernelView {
    /// The object store in which the URL's path is looked up.
    pub(crate) store: Arc<dyn ObjectStore>,
    /// The store's root, with a slash at its end.
    pub(crate) url: Url,
}

impl KernelView {
    /// Works out how the kernel reaches a location whose object store is `root`.
    pub(crate) fn new(
        location: &Location,
        root: &Arc<dyn ObjectStore>,
        text: &str,
    ) -> Result<Self> {
        let unsupported = || StoreError::UnsupportedLocation(text.to_owned());
        let (store, url): (Arc<dyn ObjectStore>, _) = match location {
            Location::Memory => (root.clone(), Url::parse("memory:///")),
            Location::S3 { .. } => (root.clone(), Url::parse("s3://store/")),
            Location::Folder(path) => {
                let path = path
                    .canonicalize()
                    .map_err(|error| StoreError::io("open store", text, error))?;
                let url = Url::from_directory_path(path).map_err(|()| unsupported())?;
                (Arc::new(LocalFileSystem::new()), Ok(url))
            }
        };
        Ok(Self { store, url: url.map_err(|_| unsupported())? })
    }
}

fn folder(path: &Path, text: &str, create: bool) -> Result<Arc<dyn ObjectStore>> {
    if create {
        std::fs::create_dir_all(path)
            .map_err(|error| StoreError::io("create store", text, error))?;
    }
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(text.to_owned()));
        }
        Err(error) => return Err(StoreError::io("open store", text, error)),
        Ok(metadata) => metadata,
    };
    if !metadata.is_dir() {
        return Err(StoreError::Foreign(text.to_owned()));
    }
    let store = LocalFileSystem::new_with_prefix(path)
        .map_err(|error| StoreError::io("open store", text, error))?;
    Ok(Arc::new(store))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_folder() {
        assert_eq!(Location::parse(".census").unwrap(), Location::Folder(".census".into()));
        assert_eq!(Location::parse("file:///a/b").unwrap(), Location::Folder("/a/b".into()));
    }

    #[test]
    fn an_s3_url_names_bucket_and_prefix() {
        let expected = Location::S3 { bucket: "b".into(), prefix: "x/y".into() };
        assert_eq!(Location::parse("s3://b/x/y/").unwrap(), expected);
    }

    #[test]
    fn other_schemes_are_refused() {
        assert!(matches!(Location::parse("ftp://x/y"), Err(StoreError::UnsupportedLocation(_))));
    }
}
