# A process is called what the path says that it was executed by, not what a link leads to.
"$1" /proc/self/comm
read -r name </proc/$$/comm
echo "$name"
