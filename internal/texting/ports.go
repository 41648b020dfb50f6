package texting

// Placeholders; each owner moves the declaration into the file of the use case and deletes the line here.
type automationTx interface{}
