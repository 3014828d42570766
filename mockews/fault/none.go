package fault

// None does nothing but be recorded: the fault to begin a new one from, and a way to see which calls a match is about.
type None struct{}

// Source says that nothing has to allow it.
func (*None) Source() string { return "nothing has to allow it: the call goes as it would have gone" }

func (*None) check(*checker) {}

func (*None) inject(draw, *Call, *Effect) bool { return true }
