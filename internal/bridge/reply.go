package bridge

// replyTx is inbound texts, the actions they led to and open questions.
type replyTx interface{}
