// parley: one binary, one verb table.
int main() { return 0; }
