"""The child processes that read evidence and analyse it: what they are asked, what they do, what they give back."""
