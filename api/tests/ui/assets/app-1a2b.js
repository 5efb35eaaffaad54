console.log("a script that says the same again and again: again, again, again, again, again");
