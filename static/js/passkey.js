// The library's scripts say what went wrong to the console only: a person reads it here.
document.addEventListener("allauth.error", (event) => {
  const sentence = document.getElementById("passkey-error");
  if (sentence) {
    event.preventDefault();
    sentence.hidden = false;
  }
});
