//! The file of `--output`: either all rows are in it, or it stays as it was.

use census_error::{Error, SqlState};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that rows are written to.
pub struct OutputFile {
    path: PathBuf,
    target: Target,
}

enum Target {
    /// A regular file is replaced in the end by one beside it.
    Replaced { file: NamedTempFile, path: PathBuf },
    /// A device or a pipe has no content that could be kept.
    Written(File),
}

impl OutputFile {
    /// Opens the file, or one beside it that will take its place.
    ///
    /// # Errors
    /// Where the file, or its folder, cannot be written.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let target = open(path).map_err(|error| unwritable(&quoted(path), error))?;
        Ok(Self { path: path.to_owned(), target })
    }

    /// Puts the rows where they were asked for.
    ///
    /// # Errors
    /// Where the file cannot be replaced.
    pub fn keep(self) -> Result<(), Error> {
        match self.target {
            Target::Written(_) => Ok(()),
            Target::Replaced { file, path } => {
                let kept = file.persist(path).map_err(|failed| failed.error);
                kept.map(drop).map_err(|error| unwritable(&quoted(&self.path), error))
            }
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            // The file itself: `NamedTempFile` would put its own name, which nobody gave, into errors.
            Target::Replaced { file, .. } => file.as_file_mut().write(bytes),
            Target::Written(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the error of output that cannot be written; `name` is shown as it is.
pub fn unwritable(name: &str, error: io::Error) -> Error {
    let sqlstate = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            SqlState::InsufficientPrivilege
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => SqlState::UndefinedFile,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SqlState::DiskFull,
        _ => SqlState::IoError,
    };
    Error::new(sqlstate, format!("{name} cannot be written")).with_source(error)
}

/// Returns a path as messages name it.
pub fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display())
}

fn open(path: &Path) -> io::Result<Target> {
    let known = match fs::metadata(path) {
        Ok(known) => known,
        Err(error) if error.kind() == ErrorKind::NotFound => return beside(path.to_owned()),
        Err(error) => return Err(error),
    };
    let file = File::options().write(true).open(path)?;
    if !known.is_file() {
        return Ok(Target::Written(file));
    }
    // A link stays a link.
    let target = beside(fs::canonicalize(path)?)?;
    if let Target::Replaced { file, .. } = &target {
        file.as_file().set_permissions(known.permissions())?;
    }
    Ok(target)
}

/// Creates a file that can take the place of `path`.
fn beside(path: PathBuf) -> io::Result<Target> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = tempfile::Builder::new().prefix(".census-").make_in(
        folder.unwrap_or_else(|| Path::new(".")),
        // The rights that any new file gets, and not those of a secret.
        |name| File::options().write(true).create_new(true).open(name),
    )?;
    Ok(Target::Replaced { file, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_keeps_its_content_until_all_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows");
        fs::write(&path, "old").unwrap();
        let mut file = OutputFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        file.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn folder_that_is_missing_is_named_by_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nosuch").join("rows");
        let error = OutputFile::create(&path).err().unwrap();
        assert_eq!(error.sqlstate(), SqlState::UndefinedFile);
        let text = census_error::terminal(&error, None);
        assert!(text.contains(&quoted(&path)) && !text.contains(".census-"), "{text}");
    }
}
