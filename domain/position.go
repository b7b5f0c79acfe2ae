package domain

// What can be done with something that has a stream of its own and a small machine: a mandate, a payout, a shift.

// StreamAction is an action of it, by the event that its machine knows.
type StreamAction struct {
	Name string
	On   Event
}

// position is where such a thing stands, and what is known beside that: its call in flight, or amounts.
type position struct {
	machine *Machine
	actions []StreamAction
	state   State
	facts   Facts
}

func (s position) permitted() []string {
	names := []string{}
	for _, a := range s.actions {
		if s.sentence(a) == "" {
			names = append(names, a.Name)
		}
	}
	return names
}

func (s position) refused() map[string]string {
	sentences := map[string]string{}
	for _, a := range s.actions {
		if sentence := s.sentence(a); sentence != "" {
			sentences[a.Name] = sentence
		}
	}
	return sentences
}

// sentence is why an action is not possible now; empty when it is.
func (s position) sentence(a StreamAction) string {
	s.facts.Asking = true
	row, refusal := s.machine.Next(s.state, a.On, &s.facts)
	switch {
	case row != nil:
		return ""
	case refusal == "":
		return "not while the " + s.machine.Name + " is " + s.state.Words()
	}
	return refusal
}

func (s position) refuses(action string) error {
	for _, a := range s.actions {
		if a.Name != action {
			continue
		}
		if sentence := s.sentence(a); sentence != "" {
			return &Error{
				Code: CodeIllegalTransition, Message: sentence, State: s.state, Event: action,
				AllowedIn: s.machine.AllowedIn(a.On), Permitted: s.permitted(),
			}
		}
		return nil
	}
	return Errorf(CodeUsage, "a %s knows no %q", s.machine.Name, action)
}
