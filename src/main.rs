//! Starts the console in the page that loaded it. All there is to read is in the library.

fn main() {
    bailiwick_console::start();
}
