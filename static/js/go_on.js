// A form with data-go-on sends itself: a long job goes on by itself, step by step. Without this file a tap does it.
document.querySelector("[data-go-on]")?.requestSubmit();
